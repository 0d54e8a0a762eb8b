import type { ServerResponse } from 'node:http';
import type { SyncEvent } from '#core/sync/protocol.ts';
import type { Principal } from '#server/http/policy.ts';

/** A reader that has this much waiting does not read: it is dropped, and pulls when it comes back. */
const BACKLOG_MAX = 256 * 1024;

/** An event as it goes over the wire: its type twice, so that readers with and without EventSource find it. */
export function formatEvent(event: SyncEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** The open response of one device. */
export class EventStream {
  readonly principal: Principal;
  /** What its user may see, as far as it was told. */
  scopes: ReadonlySet<string>;
  readonly #response: ServerResponse;

  constructor(principal: Principal, response: ServerResponse, scopes: ReadonlySet<string>) {
    this.principal = principal;
    this.#response = response;
    this.scopes = scopes;
  }

  send(frame: string): void {
    if (this.#response.destroyed || this.#response.writableEnded) return;
    if (this.#response.writableLength + Buffer.byteLength(frame) > BACKLOG_MAX) this.#response.destroy();
    else this.#response.write(frame);
  }

  /** Says goodbye and closes; the device comes back after `inMs`. */
  end(inMs: number): void {
    if (this.#response.destroyed || this.#response.writableEnded) return;
    this.#response.end(formatEvent({ type: 'bye', inMs }));
    // A peer that does not read must not keep the connection.
    setTimeout(() => this.#response.destroy(), 2_000).unref();
  }
}
