import { Type } from 'typebox';
import { purgeProject } from '#core/projects/project-mutators.ts';
import { Id, Instant } from '#core/schema.ts';
import { purgeSection } from '#core/sections/section-mutators.ts';
import { purgeTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, step } from '#server/rest/change.ts';
import { createCursorCodec } from '#server/rest/cursor.ts';
import { authzFor } from '#server/rest/operation.ts';
import { Page, pageOf, pageParams } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { listDisposable, listTrash } from './trash-repository.ts';

const tags = ['trash'];
const authz = authzFor('trash');
const cursors = createCursorCodec<readonly [number, string]>('trash', Type.Tuple([Type.Integer({ minimum: 0 }), Id]));
/** Mutations of one commit: others want to write in between. */
const CHUNK = 50;

const ListQuery = Type.Object(pageParams, { additionalProperties: false });

const TrashedItem = Type.Object(
  {
    kind: Type.Enum(['project', 'section', 'task']),
    id: Id,
    projectId: Id,
    name: Type.String({ description: 'Name or title' }),
    rev: Type.Integer(),
    deletedAt: Instant,
  },
  { title: 'TrashedItem' },
);

export function registerTrashRoutes(api: App, ctx: ServerContext): void {
  api.get(
    '/trash',
    {
      schema: {
        operationId: 'listTrash',
        tags,
        summary: 'List the trash, last deleted first',
        description: 'What was deleted together is one item; restoring it brings all of it back.',
        querystring: ListQuery,
        response: { 200: Page(TrashedItem) },
      },
      config: authz('list'),
    },
    async (request) => {
      const { limit = 50, cursor } = request.query;
      const items = await listTrash(ctx.database, principalOf(request).userId, {
        limit: limit + 1,
        after: cursor === undefined ? undefined : cursors.decode(cursor),
      });
      return pageOf(
        items,
        limit,
        (item) => item,
        (last) => cursors.encode([Date.parse(last.deletedAt), last.id]),
      );
    },
  );

  api.delete(
    '/trash',
    {
      schema: {
        operationId: 'emptyTrash',
        tags,
        summary: 'Empty the trash',
        description: 'Deletes for good whatever the user may delete there. This cannot be undone.',
        headers: ChangeHeaders,
        response: { 200: Type.Object({ deleted: Type.Integer({ description: 'Items that were in the trash' }) }) },
      },
      config: authz('empty'),
    },
    async (request, reply) => {
      const { projects, tasks, sections } = await listDisposable(ctx.database, principalOf(request).userId);
      // Sections last: they take along what is left in them.
      const steps = [
        ...projects.map((id) => step(purgeProject, { id })),
        ...tasks.map((id) => step(purgeTask, { id })),
        ...sections.map((id) => step(purgeSection, { id })),
      ];
      let deleted = 0;
      for (let offset = 0; offset < steps.length; offset += CHUNK) {
        const chunk = { steps: steps.slice(offset, offset + CHUNK), offset };
        deleted += (await carryOut(ctx, request, reply, chunk)).results.length;
      }
      return { deleted };
    },
  );
}
