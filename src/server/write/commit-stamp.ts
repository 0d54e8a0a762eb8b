import { randomBytes } from 'node:crypto';
import { uuidv7 } from '#core/ids.ts';
import type { ScopeId } from '#core/rows.ts';

/** A scope at its new version. */
export interface ScopeState {
  readonly scope: ScopeId;
  readonly ver: number;
  readonly tag: number;
}

/** What marks one commit: when, which, and a random tag per scope by which a lost history is recognised. */
export interface CommitStamp {
  readonly nowMs: number;
  readonly txId: string;
  tagOf(scope: ScopeId): number;
}

export function createCommitStamp(nowMs: number): CommitStamp {
  return {
    nowMs,
    txId: uuidv7(nowMs, (bytes) => {
      bytes.set(randomBytes(bytes.length));
      return bytes;
    }),
    // Positive and 31 bits wide: fits the integer of both engines.
    tagOf: () => randomBytes(4).readUInt32BE() >>> 1,
  };
}
