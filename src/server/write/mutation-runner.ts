import type { Actor, MutationSource } from '#core/actor.ts';
import { DomainError, type ErrorCode, type ErrorData } from '#core/errors.ts';
import { changeOf, type RowEffect } from '#core/mutation/effect.ts';
import type { Mutator } from '#core/mutation/mutator.ts';
import { createTransaction } from '#core/mutation/transaction.ts';
import type { Kind } from '#core/rows.ts';
import { validateArgs } from './args-validation.ts';
import type { WriteBatch } from './write-batch.ts';
import type { MutationOutcome, WriteClient, WriteMutation, WrittenRow } from './write-request.ts';
import type { StoredMutation } from './working-set.ts';

/** How far back a device may date what somebody did while it was offline. */
const BACKDATE_MAX_MS = 30 * 86_400_000;

/** How far back each source may date what it does; an import brings history that is as old as it is. */
const EARLIEST: Readonly<Record<MutationSource, (nowMs: number) => number>> = {
  web: (nowMs) => nowMs - BACKDATE_MAX_MS,
  api: (nowMs) => nowMs,
  cli: (nowMs) => nowMs,
  import: () => 0,
  job: () => 0,
};

export interface RunContext {
  readonly batch: WriteBatch;
  readonly actor: Actor;
  readonly client: WriteClient | undefined;
  /** Epoch milliseconds by the server's clock. */
  readonly nowMs: number;
  readonly findMutator: (key: string) => Mutator | undefined;
}

/** Carries a mutation out in the batch and records it. Throws DomainError when it is refused, having changed nothing. */
export function runMutation(context: RunContext, mutation: WriteMutation): MutationOutcome {
  const { batch, actor } = context;
  const stored = batch.working.stored(mutation.uid);
  if (stored) return replay(context, mutation, stored);
  const mutator = requireMutator(context, mutation.name);
  validateArgs(mutator, mutation.args);
  const at = instantOf(context, mutation);
  const tx = createTransaction(batch.working, actor, new Date(at).toISOString());
  mutator.apply(tx, mutation.args);
  if (mutation.ifMatch) requireRevision(batch, mutation.ifMatch);
  const effects = tx.effects();
  batch.apply(effects, { uid: mutation.uid, actor: actor.userId, at });
  const status = effects.length > 0 ? 'applied' : 'noop';
  record(context, mutation, { status, mutator, effects });
  return outcome(mutation, {
    status,
    replayed: false,
    rows: effects.map(({ kind, id, after }) => ({ kind, id, row: after })),
  });
}

/** Records that a mutation was refused, so that asking again gives the same answer. */
export function recordRefusal(context: RunContext, mutation: WriteMutation, error: DomainError): MutationOutcome {
  record(context, mutation, { status: 'rejected', error });
  return refusal(mutation, error, false);
}

export function refusal(mutation: WriteMutation, error: DomainError, replayed: boolean): MutationOutcome {
  const { code, message, data } = error;
  return { ...outcome(mutation, { status: 'rejected', replayed, rows: [] }), code, message, data };
}

function requireMutator({ actor, findMutator }: RunContext, name: string): Mutator {
  const mutator = findMutator(name);
  if (!mutator) {
    throw new DomainError('validation_failed', `There is no action "${name}".`, {
      errors: [{ path: '/name', message: 'is not a known action' }],
    });
  }
  if (mutator.serverOnly && actor.source === 'web') {
    throw new DomainError('forbidden', `The action "${mutator.name}" is not open to devices.`);
  }
  return mutator;
}

function instantOf({ nowMs, actor }: RunContext, { at }: WriteMutation): number {
  const given = at === undefined ? Number.NaN : Date.parse(at);
  const earliest = EARLIEST[actor.source](nowMs);
  return Number.isNaN(given) ? nowMs : Math.min(Math.max(given, earliest), nowMs);
}

function requireRevision(batch: WriteBatch, { kind, id, rev }: NonNullable<WriteMutation['ifMatch']>): void {
  const current = batch.working.get(kind, id);
  if (current?.rev !== rev) {
    throw new DomainError('revision_mismatch', 'This was changed in the meantime.', { current: current?.rev ?? null });
  }
}

interface Decision {
  readonly status: StoredMutation['status'];
  readonly mutator?: Mutator;
  readonly effects?: readonly RowEffect[];
  readonly error?: DomainError;
}

function record(context: RunContext, mutation: WriteMutation, { status, mutator, effects, error }: Decision): void {
  const { batch, actor, client, nowMs } = context;
  const { uid, name } = mutation;
  const row = {
    uid,
    client_id: client?.id ?? null,
    seq: client ? (mutation.seq ?? null) : null,
    user_id: actor.userId,
    source: actor.source,
    name,
    args: JSON.stringify(mutation.args ?? null),
    status,
    error: error ? JSON.stringify({ code: error.code, message: error.message, data: error.data }) : null,
    result: mutation.fingerprint ?? null,
    undo_of: mutator?.name === 'undo' ? (mutation.args as { uid: string }).uid : null,
    group_id: mutation.group ?? null,
    at: nowMs,
  };
  batch.mutations.push(row);
  const changes = (effects ?? []).map(changeOf);
  const recorded = mutator && { uid, name, userId: actor.userId, undoable: mutator.undoable, changes };
  batch.working.decide(row, recorded);
}

function replay(context: RunContext, mutation: WriteMutation, stored: StoredMutation): MutationOutcome {
  const { actor, client, batch } = context;
  if (stored.user_id !== actor.userId) throw new DomainError('conflict', 'This mutation id is taken.');
  if (mutation.fingerprint !== undefined && stored.result !== mutation.fingerprint) {
    throw new DomainError('idempotency_mismatch', 'This Idempotency-Key was used for a different request.');
  }
  if (stored.status === 'rejected') {
    reclaim(context, mutation, stored);
    return refusal(mutation, parseError(stored.error), true);
  }
  // A device learns rows from its pull; others want the answer of the first request, with the rows as they are now.
  const rows = client ? [] : rowsOf(batch, mutation.uid);
  return outcome(mutation, { status: stored.status, replayed: true, rows });
}

/**
 * A device that starts as a new client sends again under new numbers. The pull lists refusals by client and number,
 * so the record follows; otherwise a lost answer would hide the refusal for ever.
 */
function reclaim({ batch, client }: RunContext, { uid, seq }: WriteMutation, stored: StoredMutation): void {
  if (!client || seq === undefined || stored.client_id === client.id) return;
  batch.reclaimed.push({ uid, client_id: client.id, seq });
}

function rowsOf({ working }: WriteBatch, uid: string): WrittenRow[] {
  const changes = working.mutation(uid)?.changes ?? [];
  return changes.map(({ kind, id }) => ({ kind, id, row: working.get<Kind>(kind, id) }));
}

function parseError(text: string | null): DomainError {
  const { code, message, data } = JSON.parse(text ?? '{}') as { code: ErrorCode; message: string; data: ErrorData };
  return new DomainError(code, message, data);
}

function outcome(
  { uid, seq }: WriteMutation,
  rest: Pick<MutationOutcome, 'status' | 'replayed' | 'rows'>,
): MutationOutcome {
  return { uid, ...(seq !== undefined && { seq }), ...rest };
}
