import type { Actor } from '#core/actor.ts';
import { validationFailed } from '#core/errors.ts';
import type { AppVersion, MutationResult, Overlap, PushRequest, PushResponse } from '#core/sync/protocol.ts';
import type { WritePath } from '#server/write/write-path.ts';
import type { MutationOutcome, WriteMutation } from '#server/write/write-request.ts';
import { envelopeFault } from './envelope.ts';
import type { Instance } from './instance.ts';
import type { PushedMutations } from './overlaps.ts';

export interface PushOptions {
  /** Looks for what others did meanwhile; without it nobody is told. */
  readonly findOverlaps?: (pushed: PushedMutations) => Promise<ReadonlyMap<string, Overlap[]>>;
  /** What the server speaks. */
  readonly version?: AppVersion;
}

/** Carries out the next mutations of a device's queue. */
export async function pushMutations(
  write: WritePath,
  instance: Instance,
  actor: Actor,
  request: PushRequest,
  { findOverlaps, version }: PushOptions = {},
): Promise<PushResponse> {
  const fault = envelopeFault(request, instance, version);
  if (fault) return { ...instance, results: [], last: 0, stop: fault };
  const mutations = request.muts.map(toMutation);
  requireContiguous(mutations);
  const { results, client } = await write.execute({
    actor,
    mutations,
    atomic: false,
    client: { id: request.clientId, schema: request.schema },
  });
  const overlaps = await findOverlaps?.({ userId: actor.userId, mutations, results });
  return { ...instance, results: results.map((each) => toResult(each, overlaps?.get(each.uid))), last: 0, ...client };
}

function toMutation({ seq, uid, name, args, at, group }: PushRequest['muts'][number]): WriteMutation {
  return { seq, uid, name, args, at, ...(group !== undefined && { group }) };
}

function requireContiguous(mutations: readonly WriteMutation[]): void {
  const first = mutations[0]?.seq ?? 1;
  const at = mutations.findIndex((mutation, i) => mutation.seq !== first + i);
  if (at >= 0) throw validationFailed(`/muts/${at}/seq`, 'must follow the sequence number before it');
}

function toResult({ seq = 0, status, code, message }: MutationOutcome, also?: Overlap[]): MutationResult {
  return {
    seq,
    status,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { detail: message }),
    ...(also && { also }),
  };
}
