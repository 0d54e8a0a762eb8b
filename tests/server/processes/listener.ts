import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncEvent } from '#core/sync/protocol.ts';
import type { Caller } from './caller.ts';

/**
 * A device that only listens: it holds a stream of events, comes back when that ends, and looks at the newest tasks
 * when it comes in and when it is poked. Remembers when it first saw each task.
 */
export interface Listener {
  /** By task id, `performance.now()`. */
  readonly seen: ReadonlyMap<string, number>;
  /** Streams that it has opened so far. */
  readonly streams: number;
  /** Every goodbye it was told. */
  readonly goodbyes: readonly number[];
  /** Resolves when it listens for the first time. */
  readonly listening: Promise<void>;
  close(): Promise<void>;
}

export function startListener(caller: Caller): Listener {
  const closing = new AbortController();
  const seen = new Map<string, number>();
  const goodbyes: number[] = [];
  const listening = Promise.withResolvers<void>();
  let streams = 0;
  let looking: Promise<void> | undefined;
  let again = false;

  async function look(): Promise<void> {
    do {
      again = false;
      const { body } = await caller.persist<{ items: { id: string }[] }>('GET', '/api/v1/tasks?limit=200');
      const now = performance.now();
      for (const { id } of body.items) if (!seen.has(id)) seen.set(id, now);
    } while (again);
  }

  function lookSoon(): void {
    again = true;
    looking ??= look()
      .catch(() => {})
      .finally(() => {
        looking = undefined;
      });
  }

  async function listen(): Promise<number> {
    const response = await caller.open('/api/v1/sync/events', closing.signal);
    if (response.statusCode !== 200) {
      response.resume();
      return Math.random() * 1_000;
    }
    streams++;
    let comeBackIn = Math.random() * 1_000;
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) {
      text += chunk as string;
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const event = JSON.parse(frame.slice(frame.indexOf('data: ') + 6)) as SyncEvent;
        if (event.type === 'bye') {
          goodbyes.push(event.inMs);
          comeBackIn = event.inMs;
        } else {
          lookSoon();
        }
        listening.resolve();
      }
    }
    return comeBackIn;
  }

  const running = (async () => {
    while (!closing.signal.aborted) {
      const wait = await listen().catch(() => Math.random() * 1_000);
      if (!closing.signal.aborted) await sleep(wait);
    }
  })();

  return {
    seen,
    goodbyes,
    listening: listening.promise,
    get streams() {
      return streams;
    },
    async close() {
      closing.abort();
      await running;
      await looking;
      caller.close();
    },
  };
}
