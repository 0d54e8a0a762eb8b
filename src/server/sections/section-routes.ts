import { Type } from 'typebox';
import {
  createSection,
  deleteSection,
  purgeSection,
  restoreSection,
  updateSection,
} from '#core/sections/section-mutators.ts';
import { sectionContent } from '#core/sections/section.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten, RevisedChangeHeaders, step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { Page } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { getSection, listSections, rankForSection } from './section-repository.ts';
import { presentSection, SectionRef } from './section-wire.ts';

const strict = { additionalProperties: false };
const tags = ['sections'];
const authz = authzFor('section');
const content = Type.Partial(Type.Object(sectionContent)).properties;
const position = Type.Optional(Type.Enum(['start', 'end'], { description: 'Where among the sections of its project' }));

export const NewSection = Type.Object(
  { ...content, name: sectionContent.name, position },
  { ...strict, examples: [{ name: 'This week' }] },
);

export const SectionChanges = Type.Object(
  { ...content, position },
  { ...strict, examples: [{ name: 'Next week', position: 'start' }] },
);

export function registerSectionRoutes(api: App, ctx: ServerContext): void {
  registerSectionsOfProject(api, ctx);
  registerSection(api, ctx);
  registerRemoval(api, ctx, 'delete');
  registerRemoval(api, ctx, 'purge');
}

function registerSectionsOfProject(api: App, ctx: ServerContext): void {
  api.get(
    '/projects/:id/sections',
    {
      schema: {
        operationId: 'listSections',
        tags,
        summary: 'List the sections of a project',
        params: IdParams,
        response: { 200: Page(SectionRef) },
      },
      config: authz('list', ['id']),
    },
    async (request) => {
      const sections = await listSections(ctx.database, principalOf(request).userId, request.params.id);
      return { items: sections.map(presentSection), nextCursor: null };
    },
  );

  api.post(
    '/projects/:id/sections',
    {
      schema: {
        operationId: 'createSection',
        tags,
        summary: 'Create a section',
        params: IdParams,
        headers: ChangeHeaders,
        body: NewSection,
        response: { 201: SectionRef },
      },
      config: authz('create', ['id']),
    },
    async (request, reply) => {
      const projectId = request.params.id;
      const { position: at = 'end', ...given } = request.body;
      const id = ctx.newId();
      const rank = await rankForSection(ctx.database, projectId, at);
      const changed = await carryOut(ctx, request, reply, {
        steps: [step(createSection, { ...given, id, projectId, rank })],
      });
      const created = firstWritten(changed, 'section')?.id ?? id;
      reply.code(201).header('location', `/api/v1/sections/${created}`);
      return sendRevised(reply, presentSection(await getSection(ctx.database, principalOf(request).userId, created)));
    },
  );
}

function registerSection(api: App, ctx: ServerContext): void {
  registerGetSection(api, ctx);
  registerUpdateSection(api, ctx);
  registerRestoreSection(api, ctx);
}

function registerGetSection(api: App, ctx: ServerContext): void {
  api.get(
    '/sections/:id',
    {
      schema: {
        operationId: 'getSection',
        tags,
        summary: 'Read a section',
        params: IdParams,
        response: { 200: SectionRef },
      },
      config: authz('read', ['id']),
    },
    async (request, reply) =>
      sendRevised(
        reply,
        presentSection(await getSection(ctx.database, principalOf(request).userId, request.params.id)),
      ),
  );
}

function registerUpdateSection(api: App, ctx: ServerContext): void {
  api.patch(
    '/sections/:id',
    {
      schema: {
        operationId: 'updateSection',
        tags,
        summary: 'Change a section',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: SectionChanges,
        response: { 200: SectionRef },
      },
      config: authz('update', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const { position: at, ...given } = request.body;
      const { projectId } = await getSection(ctx.database, userId, id);
      const rank = at && (await rankForSection(ctx.database, projectId, at));
      await carryOut(ctx, request, reply, {
        steps: [step(updateSection, { ...given, id, ...(rank && { rank }) })],
        target: { kind: 'section', id },
      });
      return sendRevised(reply, presentSection(await getSection(ctx.database, userId, id)));
    },
  );
}

function registerRestoreSection(api: App, ctx: ServerContext): void {
  api.post(
    '/sections/:id/restore',
    {
      schema: {
        operationId: 'restoreSection',
        tags,
        summary: 'Bring a section back from the trash',
        description: 'With the tasks that were deleted with it.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 200: SectionRef },
      },
      config: authz('restore', ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, {
        steps: [step(restoreSection, { id })],
        target: { kind: 'section', id },
      });
      return sendRevised(reply, presentSection(await getSection(ctx.database, principalOf(request).userId, id)));
    },
  );
}

const REMOVALS = {
  delete: {
    url: '/sections/:id',
    summary: 'Move a section to the trash',
    description: 'With its tasks. `POST /sections/{id}/restore` brings them back.',
    mutator: deleteSection,
    tag: 'sections',
  },
  purge: {
    url: '/trash/sections/:id',
    summary: 'Delete a section for good',
    description: 'It must be in the trash. The tasks that are in the trash with it go too. This cannot be undone.',
    mutator: purgeSection,
    tag: 'trash',
  },
} as const;

function registerRemoval(api: App, ctx: ServerContext, action: keyof typeof REMOVALS): void {
  const { url, summary, description, mutator, tag } = REMOVALS[action];
  api.delete(
    url,
    {
      schema: {
        operationId: `${action}Section`,
        tags: [tag],
        summary,
        description,
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz(action, ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, { steps: [step(mutator, { id })], target: { kind: 'section', id } });
      return reply.code(204).send(null);
    },
  );
}
