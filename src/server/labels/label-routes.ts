import { Type } from 'typebox';
import { createLabel, deleteLabel, updateLabel } from '#core/labels/label-mutators.ts';
import { Label, labelKey } from '#core/labels/label.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { SUBTREE_MAX } from '#core/tasks/task.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten, RevisedChangeHeaders, step, type Step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { Page } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { getLabel, type LabelledTask, listLabelled, listLabels, rankForLabel } from './label-repository.ts';
import { LabelRef, presentLabel } from './label-wire.ts';

const strict = { additionalProperties: false };
const tags = ['labels'];
const authz = authzFor('label');
const { name, color } = Label.properties;
const position = Type.Optional(Type.Enum(['start', 'end'], { description: 'Where among the labels' }));

export const NewLabel = Type.Object(
  { name, color: Type.Optional(color), position },
  { ...strict, examples: [{ name: 'errand', color: 'amber' }] },
);

export const LabelChanges = Type.Object(
  { name: Type.Optional(name), color: Type.Optional(color), position },
  { ...strict, examples: [{ name: 'errands' }] },
);

export function registerLabelRoutes(api: App, ctx: ServerContext): void {
  registerLabelReads(api, ctx);
  registerLabelWrites(api, ctx);
}

function registerLabelReads(api: App, ctx: ServerContext): void {
  api.get(
    '/labels',
    {
      schema: {
        operationId: 'listLabels',
        tags,
        summary: 'List labels',
        description: 'Those that the user gave a colour; tasks carry names of labels, which others may have made.',
        response: { 200: Page(LabelRef) },
      },
      config: authz('list'),
    },
    async (request) => {
      const labels = await listLabels(ctx.database, principalOf(request).userId);
      return { items: labels.map(presentLabel), nextCursor: null };
    },
  );

  api.get(
    '/labels/:id',
    {
      schema: { operationId: 'getLabel', tags, summary: 'Read a label', params: IdParams, response: { 200: LabelRef } },
      config: authz('read', ['id']),
    },
    async (request, reply) =>
      sendRevised(reply, presentLabel(await getLabel(ctx.database, principalOf(request).userId, request.params.id))),
  );
}

function registerLabelWrites(api: App, ctx: ServerContext): void {
  registerCreateLabel(api, ctx);
  registerUpdateLabel(api, ctx);
  registerDeleteLabel(api, ctx);
}

function registerCreateLabel(api: App, ctx: ServerContext): void {
  api.post(
    '/labels',
    {
      schema: {
        operationId: 'createLabel',
        tags,
        summary: 'Create a label',
        headers: ChangeHeaders,
        body: NewLabel,
        response: { 201: LabelRef },
      },
      config: authz('create'),
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { position: at = 'end', ...given } = request.body;
      const id = ctx.newId();
      const rank = await rankForLabel(ctx.database, userId, at);
      const changed = await carryOut(ctx, request, reply, { steps: [step(createLabel, { ...given, id, rank })] });
      const created = firstWritten(changed, 'label')?.id ?? id;
      reply.code(201).header('location', `/api/v1/labels/${created}`);
      return sendRevised(reply, presentLabel(await getLabel(ctx.database, userId, created)));
    },
  );
}

function registerUpdateLabel(api: App, ctx: ServerContext): void {
  api.patch(
    '/labels/:id',
    {
      schema: {
        operationId: 'updateLabel',
        tags,
        summary: 'Change a label',
        description: 'A new name also replaces the old one on every task that the user may change.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: LabelChanges,
        response: { 200: LabelRef },
      },
      config: authz('update', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const { position: at, ...given } = request.body;
      const label = await getLabel(ctx.database, userId, id);
      const rank = at && (await rankForLabel(ctx.database, userId, at));
      const renamed = given.name?.trim().normalize('NFC') ?? label.name;
      const labelled = renamed === label.name ? [] : await listLabelled(ctx.database, userId, label.name);
      const steps: Step[] = [step(updateLabel, { ...given, id, ...(rank && { rank }), taskIds: firstIds(labelled) })];
      steps.push(...relabel(labelled.slice(SUBTREE_MAX), label.name, renamed));
      await carryOut(ctx, request, reply, { steps, target: { kind: 'label', id } });
      return sendRevised(reply, presentLabel(await getLabel(ctx.database, userId, id)));
    },
  );
}

function registerDeleteLabel(api: App, ctx: ServerContext): void {
  api.delete(
    '/labels/:id',
    {
      schema: {
        operationId: 'deleteLabel',
        tags,
        summary: 'Delete a label',
        description: 'And take it off every task that the user may change. `POST /undo` brings it back.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('delete', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const label = await getLabel(ctx.database, userId, id);
      const labelled = await listLabelled(ctx.database, userId, label.name);
      const steps: Step[] = [step(deleteLabel, { id, taskIds: firstIds(labelled) })];
      steps.push(...relabel(labelled.slice(SUBTREE_MAX), label.name, undefined));
      await carryOut(ctx, request, reply, { steps, target: { kind: 'label', id } });
      return reply.code(204).send(null);
    },
  );
}

function firstIds(tasks: readonly LabelledTask[]): string[] {
  return tasks.slice(0, SUBTREE_MAX).map((task) => task.id);
}

/** What the mutator of the label does for its tasks, for those beyond the number that one mutation may touch. */
function relabel(tasks: readonly LabelledTask[], from: string, to: string | undefined): Step[] {
  return tasks.map(({ id, labels }) => {
    const others = labels.filter((each) => to === undefined || labelKey(each) !== labelKey(to));
    const next = others.flatMap((each) => (labelKey(each) !== labelKey(from) ? [each] : to === undefined ? [] : [to]));
    return step(updateTask, { id, labels: next });
  });
}
