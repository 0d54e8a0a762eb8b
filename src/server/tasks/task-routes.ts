import { type Static, Type } from 'typebox';
import { validationFailed } from '#core/errors.ts';
import { QUERY_MAX } from '#core/filters/filter.ts';
import { Id, Nullable } from '#core/schema.ts';
import { pickContent, TaskPatch } from '#core/tasks/task-content.ts';
import { deleteTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask, moveTask, reopenTask, updateTask } from '#core/tasks/task-mutators.ts';
import { LABEL_NAME_MAX, taskContent } from '#core/tasks/task.ts';
import { parseSearch } from '#core/search/search-query.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten, RevisedChangeHeaders, step, type Step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { limitParam, Page, pageParams } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { findMatches, searchedScopes } from '#server/search/search-matches.ts';
import { sendChangedTask } from './changed-task.ts';
import { countTasks, listTasks, type TaskListQuery } from './task-list-repository.ts';
import { getTask, placeArgs, projectForNew, rankAt } from './task-place.ts';
import { filterPages, listFilter, sortedPages } from './task-pages.ts';
import { TaskSort } from './task-sort.ts';
import { presentTask, TaskRef } from './task-wire.ts';

const strict = { additionalProperties: false };
const tags = ['tasks'];
const authz = authzFor('task');

const ListQuery = Type.Object(
  {
    completed: Type.Optional(Type.Boolean({ description: 'Only completed, or only open tasks' })),
    projectId: Type.Optional(Id),
    sectionId: Type.Optional(Id),
    label: Type.Optional(
      Type.String({ minLength: 1, maxLength: LABEL_NAME_MAX, description: 'Name of a label, in any case' }),
    ),
    q: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Beginnings of words in title, labels or description' }),
    ),
    filter: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: QUERY_MAX,
        description:
          'A query of the filter language (docs/filters.md); of several lists everything that is in one. ' +
          'One that is wrong answers 422 with `position`, `suggestion` and `faults`.',
      }),
    ),
    sort: Type.Optional(TaskSort),
    ...pageParams,
    limit: Type.Optional(limitParam),
    skip: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10_000_000,
        description: 'Leaves out this many rows and adds the total; `cursor` is the faster way',
      }),
    ),
  },
  strict,
);

const SkipPage = Type.Object({
  items: Type.Array(TaskRef),
  total: Type.Integer(),
  skip: Type.Integer(),
  limit: Type.Integer(),
});

const Position = Type.Enum(['start', 'end'], { description: 'Where in the list; default: at the end' });

export const NewTask = Type.Object(
  {
    ...TaskPatch.properties,
    title: taskContent.title,
    projectId: Type.Optional(Id),
    sectionId: Type.Optional(Nullable(Id)),
    parentId: Type.Optional(Nullable(Id)),
    completed: Type.Optional(Type.Boolean()),
    position: Type.Optional(Position),
  },
  { ...strict, examples: [{ title: 'Water the plants', date: '2026-11-24', priority: 2, labels: ['home'] }] },
);

export const TaskChanges = Type.Object(
  {
    ...TaskPatch.properties,
    projectId: Type.Optional(Id),
    sectionId: Type.Optional(Nullable(Id)),
    parentId: Type.Optional(Nullable(Id)),
    completed: Type.Optional(Type.Boolean()),
  },
  { ...strict, examples: [{ completed: true }, { title: 'Water all plants', date: null }] },
);

export function registerTaskRoutes(api: App, ctx: ServerContext): void {
  registerTaskReads(api, ctx);
  registerCreateTask(api, ctx);
  registerUpdateTask(api, ctx);
  registerDeleteTask(api, ctx);
}

function registerCreateTask(api: App, ctx: ServerContext): void {
  api.post(
    '/tasks',
    {
      schema: {
        operationId: 'createTask',
        tags,
        summary: 'Create a task',
        description: 'Without `projectId` it goes to the project of its parent or section, else to the inbox.',
        headers: ChangeHeaders,
        body: NewTask,
        response: { 201: TaskRef },
      },
      config: authz('create', ['projectId', 'sectionId', 'parentId', 'assigneeId']),
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { completed, position, ...content } = request.body;
      const id = ctx.newId();
      const projectId = await projectForNew(ctx, userId, content);
      const rank = await rankAt(ctx, projectId, position);
      const steps: Step[] = [step(createTask, { ...content, id, projectId, rank })];
      if (completed) steps.push(step(completeTask, { id }));
      const changed = await carryOut(ctx, request, reply, { steps });
      const created = changed.replayed ? (firstWritten(changed, 'task')?.id ?? id) : id;
      reply.code(201).header('location', `/api/v1/tasks/${created}`);
      return sendChangedTask(ctx, request, reply, changed, created);
    },
  );
}

function registerUpdateTask(api: App, ctx: ServerContext): void {
  api.patch(
    '/tasks/:id',
    {
      schema: {
        operationId: 'updateTask',
        tags,
        summary: 'Change a task',
        description:
          'Absent fields keep their value. `completed` completes or reopens; `projectId`, `sectionId` and `parentId` move it.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: TaskChanges,
        response: { 200: TaskRef },
      },
      config: authz('update', ['id', 'projectId', 'sectionId', 'parentId', 'assigneeId']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const steps = await stepsOf(ctx, principalOf(request).userId, id, request.body);
      const changed = await carryOut(ctx, request, reply, { steps, target: { kind: 'task', id } });
      return sendChangedTask(ctx, request, reply, changed, id);
    },
  );
}

function registerDeleteTask(api: App, ctx: ServerContext): void {
  api.delete(
    '/tasks/:id',
    {
      schema: {
        operationId: 'deleteTask',
        tags,
        summary: 'Move a task to the trash',
        description: 'With its subtasks. `POST /tasks/{id}/restore` brings them back.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('delete', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, { steps: [step(deleteTask, { id })], target: { kind: 'task', id } });
      return reply.code(204).send(null);
    },
  );
}

/** First the place, which decides who may be assigned, then the content, then completion. */
async function stepsOf(
  ctx: ServerContext,
  userId: string,
  id: string,
  body: Static<typeof TaskChanges>,
): Promise<Step[]> {
  const { completed, projectId, sectionId, parentId, ...content } = body;
  const steps: Step[] = [];
  if (projectId !== undefined || sectionId !== undefined || parentId !== undefined) {
    steps.push(step(moveTask, await placeArgs(ctx, userId, id, { projectId, sectionId, parentId })));
  }
  // Also when nothing is asked for: the update checks access and revision.
  const isUpdate = Object.keys(content).length > 0 || (steps.length === 0 && completed === undefined);
  if (isUpdate) steps.push(step(updateTask, { id, ...pickContent(content) }));
  if (completed !== undefined) steps.push(completed ? step(completeTask, { id }) : step(reopenTask, { id }));
  return steps;
}

function registerTaskReads(api: App, ctx: ServerContext): void {
  api.get(
    '/tasks',
    {
      schema: {
        operationId: 'listTasks',
        tags,
        summary: 'List tasks',
        description:
          'Of all projects that are neither archived nor in the trash, or of one project or section. ' +
          'With `skip` the answer has `total`, `skip` and `limit` instead of `nextCursor`.',
        querystring: ListQuery,
        response: { 200: Type.Union([Page(TaskRef), SkipPage]) },
      },
      config: authz('list', ['projectId', 'sectionId']),
    },
    async (request) => list(ctx, principalOf(request).userId, request.query),
  );

  api.get(
    '/tasks/:id',
    {
      schema: {
        operationId: 'getTask',
        tags,
        summary: 'Read a task',
        params: IdParams,
        response: { 200: TaskRef },
      },
      config: authz('read', ['id']),
    },
    async (request, reply) =>
      sendRevised(reply, presentTask(await getTask(ctx, principalOf(request).userId, request.params.id))),
  );
}

async function list(ctx: ServerContext, userId: string, params: Static<typeof ListQuery>) {
  const { cursor, skip, q, filter: text, limit = 50, sort = 'newest', ...containers } = params;
  if (cursor !== undefined && skip !== undefined) {
    throw validationFailed('/skip', 'Send either cursor or skip, not both.');
  }
  const filter = text === undefined ? undefined : await listFilter(ctx, userId, text, params.sort === undefined);
  const pages = filter?.isOrdered ? filterPages(ctx, filter) : sortedPages(sort);
  const query: TaskListQuery = {
    ...containers,
    userId,
    sort,
    limit: skip === undefined ? limit + 1 : limit,
    ...(q !== undefined && { ids: await findTaskIds(ctx, userId, q) }),
    ...(filter && { filter }),
    ...(cursor !== undefined && pages.behind(cursor)),
    ...(skip !== undefined && { skip }),
  };
  const tasks = await listTasks(ctx.database, query);
  if (skip !== undefined) {
    return { items: tasks.map(presentTask), total: await countTasks(ctx.database, query), skip, limit };
  }
  const shown = tasks.slice(0, limit);
  const last = tasks.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(presentTask), nextCursor: last ? await pages.cursorOf(last) : null };
}

async function findTaskIds({ database }: ServerContext, userId: string, q: string): Promise<string[]> {
  const wanted = parseSearch(q).terms.map(({ forms }) => ({ forms, similar: [] }));
  const matches = await findMatches(database, await searchedScopes(database, userId), wanted);
  return matches.filter(({ kind }) => kind === 'task').map(({ eid }) => eid);
}
