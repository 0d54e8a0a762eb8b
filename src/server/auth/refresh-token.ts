import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '#core/ids.ts';

const SECRET_BYTES = 32;
const TAG_BYTES = 16;
const TOKEN_BYTES = 16 + 4 + SECRET_BYTES + TAG_BYTES;

/** What a token says after its tag was checked: we issued it, at this place in the chain of this session. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly generation: number;
  readonly secret: Buffer;
}

/**
 * Opaque to everybody else: session, number in the chain, 256 random bits, and a tag that tells a token of ours, used
 * again, from one that somebody made up. Only its SHA-256 is stored. The successor's secret follows from this one's by
 * HMAC, so that two tabs which refresh at once get the same successor although nobody kept it.
 */
export function firstToken(key: Uint8Array, sessionId: string, random: RandomBytes): string {
  return format(key, { sessionId, generation: 0, secret: Buffer.from(random(new Uint8Array(SECRET_BYTES))) });
}

export function successorOf(key: Uint8Array, token: RefreshToken): string {
  const { sessionId, generation, secret } = token;
  const next = createHmac('sha256', key).update(`successor ${sessionId} ${generation} `).update(secret).digest();
  return format(key, { sessionId, generation: generation + 1, secret: next });
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Undefined unless this instance issued it. */
export function parseRefreshToken(key: Uint8Array, token: string): RefreshToken | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Decoding skips what is no base64url: only the one spelling that we sent counts.
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== token) return undefined;
  const payload = bytes.subarray(0, TOKEN_BYTES - TAG_BYTES);
  if (!timingSafeEqual(tagOf(key, payload), bytes.subarray(TOKEN_BYTES - TAG_BYTES))) return undefined;
  const hex = payload.toString('hex', 0, 16);
  return {
    sessionId: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
    generation: payload.readUInt32BE(16),
    secret: payload.subarray(20),
  };
}

function format(key: Uint8Array, { sessionId, generation, secret }: RefreshToken): string {
  const payload = Buffer.alloc(TOKEN_BYTES - TAG_BYTES);
  payload.write(sessionId.replaceAll('-', ''), 0, 'hex');
  payload.writeUInt32BE(generation, 16);
  secret.copy(payload, 20);
  return Buffer.concat([payload, tagOf(key, payload)]).toString('base64url');
}

function tagOf(key: Uint8Array, payload: Uint8Array): Buffer {
  return createHmac('sha256', key).update('tag ').update(payload).digest().subarray(0, TAG_BYTES);
}
