import { Type } from 'typebox';
import { DomainError } from '#core/errors.ts';
import { Id, Nullable } from '#core/schema.ts';
import { duplicateTask, purgeTask, restoreTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask, skipOccurrence } from '#core/tasks/completion-mutators.ts';
import { pauseRecurrence, resumeRecurrence } from '#core/tasks/pause-mutators.ts';
import { moveTask, reopenTask } from '#core/tasks/task-mutators.ts';
import { SUBTREE_MAX } from '#core/tasks/task.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten, RevisedChangeHeaders, step, type Step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import type { ServerContext } from '#server/context.ts';
import { sendChangedTask } from './changed-task.ts';
import { getTask, placeArgs, rankBehind } from './task-place.ts';
import { listSubtreeIds } from './task-repository.ts';
import { TaskRef } from './task-wire.ts';

const tags = ['tasks'];
const authz = authzFor('task');

export const TaskMove = Type.Object(
  {
    projectId: Type.Optional(Id),
    sectionId: Type.Optional(Nullable(Id)),
    parentId: Type.Optional(Nullable(Id)),
    position: Type.Optional(Type.Enum(['start', 'end'], { description: 'Where in its list' })),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ sectionId: null, position: 'start' }] },
);

export function registerTaskActionRoutes(api: App, ctx: ServerContext): void {
  registerCompletion(api, ctx);
  registerAction(api, ctx, {
    verb: 'reopen',
    summary: 'Reopen a task',
    description: 'And the completed tasks above it.',
    stepFor: (id) => step(reopenTask, { id }),
  });
  registerAction(api, ctx, {
    verb: 'restore',
    summary: 'Bring a task back from the trash',
    description: 'With the subtasks that were deleted with it.',
    stepFor: (id) => step(restoreTask, { id }),
  });
  registerMove(api, ctx);
  registerDuplicate(api, ctx);
  api.delete(
    '/trash/tasks/:id',
    {
      schema: {
        operationId: 'purgeTask',
        tags: ['trash'],
        summary: 'Delete a task for good',
        description: 'It must be in the trash. Its subtasks and comments go with it. This cannot be undone.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('purge', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, { steps: [step(purgeTask, { id })], target: { kind: 'task', id } });
      return reply.code(204).send(null);
    },
  );
}

/** Completing, and what only repeating tasks can. */
function registerCompletion(api: App, ctx: ServerContext): void {
  registerAction(api, ctx, {
    verb: 'complete',
    summary: 'Complete a task',
    description:
      'And its open subtasks. A repeating task goes on with its next date instead, and its subtasks begin anew.',
    stepFor: (id) => step(completeTask, { id }),
  });
  registerAction(api, ctx, {
    verb: 'skip',
    summary: 'Leave out this date of a repeating task',
    description: 'It goes on with the next one that is not past, and its history does not mention this one.',
    stepFor: (id) => step(skipOccurrence, { id }),
  });
  registerAction(api, ctx, {
    verb: 'pause',
    summary: 'Pause a repeating task',
    description: 'It keeps its rule and has no date until it is resumed or given one.',
    stepFor: (id) => step(pauseRecurrence, { id }),
  });
  registerAction(api, ctx, {
    verb: 'resume',
    summary: 'Resume a paused task',
    description: 'On the date that it had, or on its first one from today if that is past.',
    stepFor: (id) => step(resumeRecurrence, { id }),
  });
}

interface TaskAction {
  readonly verb: string;
  readonly summary: string;
  readonly description: string;
  readonly stepFor: (id: string) => Step;
}

function registerAction(api: App, ctx: ServerContext, { verb, summary, description, stepFor }: TaskAction): void {
  api.post(
    `/tasks/:id/${verb}`,
    {
      schema: {
        operationId: `${verb}Task`,
        tags,
        summary,
        description,
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 200: TaskRef },
      },
      config: authz(verb, ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const changed = await carryOut(ctx, request, reply, { steps: [stepFor(id)], target: { kind: 'task', id } });
      return sendChangedTask(ctx, request, reply, changed, id);
    },
  );
}

function registerMove(api: App, ctx: ServerContext): void {
  api.post(
    '/tasks/:id/move',
    {
      schema: {
        operationId: 'moveTask',
        tags,
        summary: 'Move a task',
        description: 'With its subtasks and comments, to another project, section, parent or end of its list.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: TaskMove,
        response: { 200: TaskRef },
      },
      config: authz('move', ['id', 'projectId', 'sectionId', 'parentId']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const args = await placeArgs(ctx, principalOf(request).userId, id, request.body);
      const changed = await carryOut(ctx, request, reply, {
        steps: [step(moveTask, args)],
        target: { kind: 'task', id },
      });
      return sendChangedTask(ctx, request, reply, changed, id);
    },
  );
}

function registerDuplicate(api: App, ctx: ServerContext): void {
  api.post(
    '/tasks/:id/duplicate',
    {
      schema: {
        operationId: 'duplicateTask',
        tags,
        summary: 'Copy a task',
        description: 'With its subtasks, all open and without comments, right behind the original.',
        params: IdParams,
        headers: ChangeHeaders,
        response: { 201: TaskRef },
      },
      config: authz('duplicate', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const task = await getTask(ctx, userId, id);
      const ids = await listSubtreeIds(ctx.database, task);
      if (ids.length > SUBTREE_MAX) {
        throw new DomainError('limit_exceeded', `One action can change at most ${SUBTREE_MAX} tasks.`, {
          limit: SUBTREE_MAX,
        });
      }
      // A task in the trash has no subtree to copy; the mutator says that it does not exist.
      const copies = (ids.length > 0 ? ids : [id]).map((from) => ({ from, to: ctx.newId() }));
      const rank = await rankBehind(ctx, task);
      const changed = await carryOut(ctx, request, reply, { steps: [step(duplicateTask, { id, rank, copies })] });
      const copy = firstWritten(changed, 'task')?.id ?? id;
      reply.code(201).header('location', `/api/v1/tasks/${copy}`);
      return sendChangedTask(ctx, request, reply, changed, copy);
    },
  );
}
