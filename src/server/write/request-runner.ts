import { DomainError } from '#core/errors.ts';
import type { Mutator } from '#core/mutation/mutator.ts';
import type { ScopeId } from '#core/rows.ts';
import { recordRefusal, refusal, runMutation, type RunContext } from './mutation-runner.ts';
import { NotLoadedError } from './working-set.ts';
import type { WriteBatch } from './write-batch.ts';
import type { ClientProgress, MutationOutcome, WriteMutation, WriteRequest } from './write-request.ts';

export interface RunOptions {
  /** Epoch milliseconds by the server's clock. */
  readonly nowMs: number;
  /** Whether a mutation failed so often for unknown reasons that it must not hold up its queue any longer. */
  readonly isPoison: (uid: string) => boolean;
  readonly findMutator: (key: string) => Mutator | undefined;
}

/** What became of one request; nothing of it is certain before the commit. */
export interface RequestOutcome {
  readonly results: readonly MutationOutcome[];
  readonly client?: ClientProgress;
  readonly scopes: readonly ScopeId[];
  /** A mutation that failed for a reason that is no refusal: a bug of ours. */
  readonly failed?: { readonly uid: string; readonly error: unknown };
}

/** Milliseconds after which a device tries again what failed for no reason of its own. */
const RETRY_AFTER_MS = 2_000;

/** Runs a request in the batch. When it throws, the batch is as it was before. */
export function runRequest(batch: WriteBatch, request: WriteRequest, options: RunOptions): RequestOutcome {
  const savepoint = batch.savepoint();
  try {
    const ran = request.client ? runQueue(batch, request, options) : runEach(batch, request, options);
    return { ...ran, scopes: batch.touchedScopes(savepoint.changes) };
  } catch (error) {
    batch.rollback(savepoint);
    throw error;
  }
}

function contextOf(batch: WriteBatch, request: WriteRequest, { nowMs, findMutator }: RunOptions): RunContext {
  return { batch, actor: request.actor, client: request.client, nowMs, findMutator };
}

function runEach(batch: WriteBatch, request: WriteRequest, options: RunOptions): Pick<RequestOutcome, 'results'> {
  const context = contextOf(batch, request, options);
  const results: MutationOutcome[] = [];
  for (const mutation of request.mutations) {
    try {
      results.push(runMutation(context, mutation));
    } catch (error) {
      if (error instanceof NotLoadedError) batch.incomplete = true;
      else if (batch.incomplete && error instanceof DomainError) continue;
      else if (error instanceof DomainError && !request.atomic) results.push(refuse(context, mutation, error));
      else throw error;
    }
  }
  return { results };
}

/** A uid that somebody else used has a record already: it is refused without one. */
function refuse(context: RunContext, mutation: WriteMutation, error: DomainError): MutationOutcome {
  return context.batch.working.stored(mutation.uid)
    ? refusal(mutation, error, true)
    : recordRefusal(context, mutation, error);
}

type QueueOutcome = Pick<RequestOutcome, 'results' | 'client' | 'failed'>;

/** The queue of a device, first in first out (docs/sync.md, "Idempotency and order"). */
function runQueue(batch: WriteBatch, request: WriteRequest, options: RunOptions): QueueOutcome {
  const context = contextOf(batch, request, options);
  const { id, schema } = request.client as NonNullable<WriteRequest['client']>;
  const known = batch.client(id);
  if (known && known.user_id !== request.actor.userId) return { results: [], client: { last: 0, stop: 'wrong_user' } };
  let last = known?.last ?? 0;
  let lastUid = known?.last_uid ?? null;
  const results: MutationOutcome[] = [];
  let end: Partial<QueueOutcome> & { stop?: ClientProgress['stop'] } = {};
  for (const mutation of request.mutations) {
    const seq = mutation.seq ?? 0;
    if (seq > last + 1) end = { stop: 'gap' };
    else if (seq <= last && !isOwn(batch, id, mutation)) end = { stop: 'forked' };
    else if (!options.findMutator(mutation.name)) end = { stop: 'server_too_old' };
    if (end.stop) break;
    try {
      results.push(runQueued(context, mutation, options));
    } catch (error) {
      end = { stop: 'retry', failed: { uid: mutation.uid, error } };
      break;
    }
    if (seq > last) [last, lastUid] = [seq, mutation.uid];
  }
  if (last > (known?.last ?? 0)) {
    batch.putClient({ id, user_id: request.actor.userId, last, last_uid: lastUid, schema, seen_at: options.nowMs });
  }
  const { stop, failed } = end;
  const retry = stop === 'retry' && { retryAfterMs: RETRY_AFTER_MS };
  return { results, client: { last, ...(stop && { stop }), ...retry }, ...(failed && { failed }) };
}

/**
 * Whether a number that was decided before was decided for this mutation. The record of a refusal tells, as it is always
 * with the client that was told last; what was carried out for another client stays recorded with that one.
 */
function isOwn(batch: WriteBatch, clientId: string, { uid }: WriteMutation): boolean {
  const stored = batch.working.stored(uid);
  return stored !== undefined && (stored.status !== 'rejected' || stored.client_id === clientId);
}

function runQueued(context: RunContext, mutation: WriteMutation, { isPoison }: RunOptions): MutationOutcome {
  const savepoint = context.batch.savepoint();
  try {
    if (isPoison(mutation.uid)) throw new DomainError('internal', 'The server failed to carry this out.');
    return runMutation(context, mutation);
  } catch (error) {
    context.batch.rollback(savepoint);
    if (error instanceof NotLoadedError) {
      context.batch.incomplete = true;
      return { uid: mutation.uid, status: 'noop', replayed: false, rows: [] };
    }
    if (error instanceof DomainError) return refuse(context, mutation, error);
    throw error;
  }
}
