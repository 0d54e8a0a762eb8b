import type { PageResponse, PullResponse, PushResponse, SyncEvent } from '#core/sync/protocol.ts';
import type { SyncTransport } from '#web/replica/sync-transport.ts';
import type { HttpClient } from './http-client.ts';

/** Synchronisation over HTTP: JSON for requests, server-sent events for news. */
export function createSyncTransport(http: HttpClient): SyncTransport {
  return {
    push: (body, signal) => http.request<PushResponse>('POST', '/sync/push', { body, signal }),
    pull: (body, signal) => http.request<PullResponse>('POST', '/sync/pull', { body, signal }),
    page({ s, after }, signal) {
      const query = new URLSearchParams(after === undefined ? { s } : { s, after });
      return http.request<PageResponse>('GET', `/sync/page?${query}`, { signal });
    },
    async events(receive, signal) {
      // EventSource cannot send the access token.
      const response = await http.send('GET', '/sync/events', { signal, headers: { accept: 'text/event-stream' } });
      if (response.body) await readEvents(response.body, receive);
    },
  };
}

/** Server-sent events as in the HTML standard §9.2.6; their data is JSON, their name the type. */
export async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  receive: (event: SyncEvent) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (buffer + value).split(/\r?\n\r?\n/);
    buffer = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) receive(event);
    }
  }
}

function parseEvent(block: string): SyncEvent | null {
  let type = '';
  let data = '';
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith('event:')) type = line.slice(6).trim();
    if (line.startsWith('data:')) data += line.slice(5).trim();
    // A comment keeps the connection open, as a ping does.
    if (line.startsWith(':')) type ||= 'ping';
  }
  if (type === '' && data === '') return null;
  return { ...(data === '' ? {} : (JSON.parse(data) as object)), ...(type && { type }) } as SyncEvent;
}
