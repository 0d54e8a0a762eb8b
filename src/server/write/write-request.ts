import type { Actor } from '#core/actor.ts';
import type { ErrorCode, ErrorData } from '#core/errors.ts';
import type { Kind, Row, ScopeId } from '#core/rows.ts';
import type { MutationStatus, StopReason } from '#core/sync/protocol.ts';

/** One mutation that somebody asks for. */
export interface WriteMutation {
  /** Unique for ever: a known uid is answered from its record and not carried out again. */
  readonly uid: string;
  /** Key of a mutator, such as `task.create@1`. */
  readonly name: string;
  readonly args: unknown;
  /** When the person acted, by their clock; only sources with a clock of their own send it. */
  readonly at?: string;
  /** Mutations of one gesture, undone together. */
  readonly group?: string;
  /** Refuse unless this row still has this revision. */
  readonly ifMatch?: { readonly kind: Kind; readonly id: string; readonly rev: number };
  /** Hash of the request behind the uid: the same uid with another one is `idempotency_mismatch`. */
  readonly fingerprint?: string;
  /** Position in the queue of a device; required when the request names a client. */
  readonly seq?: number;
}

/** A device that pushes its queue, in order and without gaps. */
export interface WriteClient {
  readonly id: string;
  readonly schema: number;
}

export interface WriteRequest {
  readonly actor: Actor;
  readonly mutations: readonly WriteMutation[];
  /**
   * True: all or nothing; a refusal is thrown as DomainError. False: each mutation on its own; a refusal is
   * recorded and the next one runs.
   */
  readonly atomic: boolean;
  readonly client?: WriteClient;
}

/** A row that a mutation wrote, as it is afterwards; undefined when it was removed. */
export interface WrittenRow {
  readonly kind: Kind;
  readonly id: string;
  readonly row: Row | undefined;
}

export interface MutationOutcome {
  readonly uid: string;
  readonly seq?: number;
  readonly status: MutationStatus;
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly data?: ErrorData;
  /** Answered from the record of an earlier request with this uid; `rows` are then as they are now. */
  readonly replayed: boolean;
  readonly rows: readonly WrittenRow[];
}

export interface ScopeVersion {
  readonly scope: ScopeId;
  readonly ver: number;
  readonly tag: number;
}

/** How far the queue of a device came. */
export interface ClientProgress {
  readonly last: number;
  readonly stop?: StopReason;
  readonly retryAfterMs?: number;
}

export interface WriteResult {
  readonly results: readonly MutationOutcome[];
  /** The scopes that changed, at their new versions. */
  readonly scopes: readonly ScopeVersion[];
  /** Present when the request named a client. */
  readonly client?: ClientProgress;
}
