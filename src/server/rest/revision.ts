import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';

/** The revision of what an answer shows. */
export function etagOf(rev: number): string {
  return `"${rev}"`;
}

export const IfMatch = Type.String({
  pattern: String.raw`^(?:\*|(?:W/)?"[0-9]{1,15}")$`,
  description: 'The ETag that the change is based on; another revision answers 412',
});

/** The revision that an If-Match header names; undefined when there is none, or any will do. */
export function expectedRevision(header: string | undefined): number | undefined {
  // Proxies that compress mark the tag as weak; a revision is exact all the same.
  const digits = header?.match(/\d+/)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** Sends a row with its revision as ETag. */
export function sendRevised<Item extends { readonly rev: number }>(reply: FastifyReply, item: Item): Item {
  reply.header('etag', etagOf(item.rev));
  return item;
}
