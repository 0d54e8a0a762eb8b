import { Type } from 'typebox';
import { Id, Text } from '#core/schema.ts';
import { DESCRIPTION_MAX, TITLE_MAX } from '#core/tasks/task.ts';
import { settingsContent } from '#core/users/settings.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten } from '#server/rest/change.ts';
import { authzFor } from '#server/rest/operation.ts';
import type { ServerContext } from '#server/context.ts';
import { sendChangedTask } from '#server/tasks/changed-task.ts';
import { TaskRef } from '#server/tasks/task-wire.ts';
import { readLine } from './quick-add-context.ts';
import { stepsOf } from './quick-add-steps.ts';
import { presentLine, QuickAddPreview } from './quick-add-wire.ts';

/** A title, a description and room for what stands between them. */
const LINE_MAX = TITLE_MAX + DESCRIPTION_MAX + 1000;

const Line = Type.Object(
  {
    text: Text(LINE_MAX),
    projectId: Type.Optional(Id),
    now: Type.Optional(
      Type.String({
        minLength: 10,
        maxLength: 100,
        description: 'What the line counts from, RFC 9557; default: the time of the server',
      }),
    ),
    timeZone: Type.Optional(settingsContent.timeZone),
    locale: Type.Optional(settingsContent.locale),
    weekStart: Type.Optional(settingsContent.weekStart),
    dayStart: Type.Optional(settingsContent.dayStart),
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say what the line means' })),
  },
  {
    additionalProperties: false,
    examples: [
      {
        text: 'Water plants every! 3 days !2 #Home @garden',
        now: '2026-11-18T10:00+01:00[Europe/Berlin]',
        dryRun: true,
      },
    ],
  },
);

export function registerQuickAddRoutes(api: App, ctx: ServerContext): void {
  api.post(
    '/quick-add',
    {
      schema: {
        operationId: 'quickAdd',
        tags: ['tasks'],
        summary: 'Create a task from a line',
        description:
          'The grammar is in docs/quick-add.md, read as the user has set it. `timeZone`, `locale`, `weekStart` and `dayStart` default ' +
          "to the user's settings, the project to the inbox. Labels that do not exist are created. `dryRun` changes nothing " +
          'and answers what the line means. A task keeps no reminders, so they stay in its title.',
        headers: ChangeHeaders,
        body: Line,
        response: { 200: QuickAddPreview, 201: TaskRef },
      },
      config: authzFor('task')('create', ['projectId']),
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { dryRun, ...line } = request.body;
      if (dryRun) return reply.code(200).send(presentLine(await readLine(ctx, userId, line)));
      const read = await readLine(ctx, userId, line, ['reminder']);
      const id = ctx.newId();
      const changed = await carryOut(ctx, request, reply, { steps: await stepsOf(ctx, id, read) });
      const created = changed.replayed ? (firstWritten(changed, 'task')?.id ?? id) : id;
      reply.code(201).header('location', `/api/v1/tasks/${created}`);
      return sendChangedTask(ctx, request, reply, changed, created);
    },
  );
}
