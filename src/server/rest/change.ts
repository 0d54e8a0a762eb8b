import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#core/actor.ts';
import type { ArgsOf, Mutator } from '#core/mutation/mutator.ts';
import type { Kind, Row, RowOf } from '#core/rows.ts';
import { type Principal, principalOf } from '#server/http/policy.ts';
import type { MutationOutcome } from '#server/write/write-request.ts';
import type { ServerContext } from '#server/context.ts';
import { expectedRevision, IfMatch } from './revision.ts';

export const IdempotencyKey = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[\\x21-\\x7e]+$',
  description: 'Makes a repeated request answer like the first instead of acting again',
});

/** Headers of every change. */
export const ChangeHeaders = Type.Object({ 'idempotency-key': Type.Optional(IdempotencyKey) });
/** Headers of a change of one thing that has a revision. */
export const RevisedChangeHeaders = Type.Object({ ...ChangeHeaders.properties, 'if-match': Type.Optional(IfMatch) });

/** Names the change in the answer, for `POST /undo`. */
export const MUTATION_HEADER = 'mutation-uid';

/** One mutation that a route asks for. */
export interface Step {
  readonly name: string;
  readonly args: unknown;
  /** Chosen by the caller; else it follows from the request. */
  readonly uid?: string | undefined;
  readonly ifMatch?: { readonly kind: Kind; readonly id: string; readonly rev: number } | undefined;
}

export function step<M extends Mutator>(mutator: M, args: ArgsOf<M>): Step {
  return { name: mutator.key, args };
}

export interface Change {
  readonly steps: readonly Step[];
  /** What the If-Match header is about. */
  readonly target?: { readonly kind: Kind; readonly id: string };
  /** How many steps the same request has had carried out before. */
  readonly offset?: number;
}

export interface Changed {
  readonly uid: string;
  readonly results: readonly MutationOutcome[];
  /** Answered from the record of an earlier request: what the rows show now was not checked against this user. */
  readonly replayed: boolean;
}

/** Carries out what a request asks for, once per Idempotency-Key. Throws DomainError. */
export async function carryOut(
  ctx: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { steps, target, offset = 0 }: Change,
): Promise<Changed> {
  const principal = principalOf(request);
  const identity = identityOf(ctx, request, principal);
  const rev = target && expectedRevision(request.headers['if-match']);
  const { results } = await ctx.write.execute({
    actor: actorOf(principal),
    atomic: true,
    mutations: steps.map(({ name, args, uid, ifMatch }, i) => ({
      uid: uid ?? derivedUid(identity.uid, offset + i),
      name,
      args,
      group: identity.uid,
      ...(identity.fingerprint !== undefined && { fingerprint: identity.fingerprint }),
      ...(ifMatch && { ifMatch }),
      ...(i === 0 && target && rev !== undefined && { ifMatch: { ...target, rev } }),
    })),
  });
  reply.header(MUTATION_HEADER, identity.uid);
  return { uid: identity.uid, results, replayed: results[0]?.replayed ?? false };
}

/** The row of this kind that the request was about: the first that it wrote. */
export function firstWritten<K extends Kind>(
  { results }: Changed,
  kind: K,
): { id: string; row: RowOf<K> | undefined } | undefined {
  for (const { rows } of results) {
    const found = rows.find((each) => each.kind === kind);
    if (found) return { id: found.id, row: found.row as RowOf<K> | undefined };
  }
  return undefined;
}

/** The row of this id as the request left it; undefined where nothing changed or the answer is an old one. */
export function lastWritten<K extends Kind>(changed: Changed, kind: K, id: string): RowOf<K> | undefined {
  if (changed.replayed) return undefined;
  for (const { rows } of changed.results.toReversed()) {
    const found = rows.find((each) => each.kind === kind && each.id === id);
    if (found) return found.row as (Row & RowOf<K>) | undefined;
  }
  return undefined;
}

export function actorOf({ userId, instanceRole }: Principal): Actor {
  return { userId, instanceRole, source: 'api' };
}

/** A request with an Idempotency-Key has the same uid whenever this user sends that key. */
function identityOf(ctx: ServerContext, request: FastifyRequest, { userId }: Principal) {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return { uid: ctx.newId(), fingerprint: undefined };
  const asked = [request.method, request.url, request.headers['if-match'] ?? '', JSON.stringify(request.body ?? null)];
  return {
    uid: uuidFrom(`${userId} ${key}`),
    fingerprint: createHash('sha256').update(asked.join('\n')).digest('hex'),
  };
}

/** The uid of the n-th mutation of one request: those of a request can be found from its first. */
export function derivedUid(uid: string, n: number): string {
  return n === 0 ? uid : uuidFrom(`${uid} ${n}`);
}

/** UUID version 8 (RFC 9562 §5.8) from a hash. */
function uuidFrom(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
