import { Type } from 'typebox';
import { DomainError, validationFailed } from '#core/errors.ts';
import { findMutator } from '#core/mutators.ts';
import { KINDS } from '#core/rows.ts';
import { Id } from '#core/schema.ts';
import { MutationStatus } from '#core/sync/protocol.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, type Step } from '#server/rest/change.ts';
import { authzFor } from '#server/rest/operation.ts';
import type { ServerContext } from '#server/context.ts';
import { validateArgs } from '#server/write/args-validation.ts';

const BATCH_MAX = 500;
const strict = { additionalProperties: false };

const BatchMutation = Type.Object(
  {
    name: Type.String({ pattern: '^[a-zA-Z.]{1,64}@[0-9]{1,4}$', description: 'Such as `task.create@1`' }),
    args: Type.Record(Type.String(), Type.Unknown()),
    uid: Type.Optional(Id),
    ifMatch: Type.Optional(
      Type.Object(
        {
          kind: Type.Enum([...KINDS]),
          id: Type.String({ minLength: 1, maxLength: 80, pattern: '^[0-9a-f.-]+$' }),
          rev: Type.Integer({ minimum: 0 }),
        },
        { ...strict, description: 'Refuse everything unless this row has this revision' },
      ),
    ),
  },
  strict,
);

export const BatchRequest = Type.Object(
  { mutations: Type.Array(BatchMutation, { minItems: 1, maxItems: BATCH_MAX }) },
  {
    ...strict,
    examples: [{ mutations: [{ name: 'task.complete@2', args: { id: '0199f1a2-0000-7000-8000-000000000001' } }] }],
  },
);

const BatchResult = Type.Object({ uid: Id, status: MutationStatus });

export function registerBatchRoutes(api: App, ctx: ServerContext): void {
  api.post(
    '/batch',
    {
      schema: {
        operationId: 'batch',
        tags: ['batch'],
        summary: 'Carry out many changes at once',
        description:
          `Up to ${BATCH_MAX} mutations as devices send them, in one transaction: all happen or none. ` +
          'Ids and ranks are chosen by the caller.',
        headers: ChangeHeaders,
        body: BatchRequest,
        response: { 200: Type.Object({ uid: Id, results: Type.Array(BatchResult) }) },
      },
      config: authzFor('mutation')('batch', ['mutations']),
    },
    async (request, reply) => {
      const steps = request.body.mutations.map(checked);
      const { uid, results } = await carryOut(ctx, request, reply, { steps });
      return { uid, results: results.map((each) => ({ uid: each.uid, status: each.status })) };
    },
  );
}

/** Names the faults of a mutation by where it is in the request. */
function checked(given: Step, index: number): Step {
  const path = `/mutations/${index}`;
  const mutator = findMutator(given.name);
  if (!mutator || mutator.serverOnly)
    throw validationFailed(`${path}/name`, `There is no action "${given.name}" here.`);
  try {
    validateArgs(mutator, given.args);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const errors = error.data.errors?.map((fault) => ({ ...fault, path: `${path}/args${fault.path}` }));
    throw new DomainError(error.code, `${path}/args${error.message}`, { ...(errors && { errors }) }, { cause: error });
  }
  return given;
}
