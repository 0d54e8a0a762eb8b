import type { SyncEvent } from '#core/sync/protocol.ts';

/** A device that listens: collects events until the stream ends. */
export interface EventReader {
  readonly status: number;
  readonly headers: Headers;
  readonly events: readonly SyncEvent[];
  /** Resolves with the first event, present or future, for which `wanted` is true. */
  next(wanted: (event: SyncEvent) => boolean): Promise<SyncEvent>;
  /** Resolves when the server has closed the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

export async function openEvents(url: string, token: string): Promise<EventReader> {
  const closing = new AbortController();
  const response = await fetch(`${url}/api/v1/sync/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: closing.signal,
  });
  const events: SyncEvent[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const each of waiting) each();
  };
  const ended = read(response, (event) => {
    events.push(event);
    wake();
  });
  return {
    status: response.status,
    headers: response.headers,
    events,
    ended,
    next: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(wanted);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: () => closing.abort(),
  };
}

async function read(response: Response, onEvent: (event: SyncEvent) => void): Promise<void> {
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const data = frame.split('\n').find((line) => line.startsWith('data: '));
        if (data) onEvent(JSON.parse(data.slice(6)) as SyncEvent);
      }
    }
  } catch {
    // Closed by us, or broken off by the server: ended either way.
  }
}
