import { type Static, Type } from 'typebox';
import type { ArgsOf } from '#core/mutation/mutator.ts';
import {
  archiveProject,
  createProject,
  deleteProject,
  moveProject,
  purgeProject,
  restoreProject,
  unarchiveProject,
  updateProject,
} from '#core/projects/project-mutators.ts';
import { projectContent } from '#core/projects/project.ts';
import { Id, Nullable } from '#core/schema.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, firstWritten, RevisedChangeHeaders, step, type Step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { Page } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { getProject, listProjects, rankForProject } from './project-repository.ts';
import { presentProject, ProjectRef } from './project-wire.ts';

const strict = { additionalProperties: false };
const tags = ['projects'];
const authz = authzFor('project');
const content = Type.Partial(Type.Object(projectContent)).properties;
const position = Type.Optional(
  Type.Enum(['start', 'end'], { description: 'Where among its siblings; default: at the end' }),
);

const ListQuery = Type.Object(
  { archived: Type.Optional(Type.Boolean({ description: 'Only archived, or only active projects' })) },
  strict,
);

export const NewProject = Type.Object(
  { ...content, name: projectContent.name, parentId: Type.Optional(Nullable(Id)), position },
  { ...strict, examples: [{ name: 'Garden', color: 'fern' }] },
);

export const ProjectChanges = Type.Object(
  { ...content, parentId: Type.Optional(Nullable(Id)) },
  { ...strict, examples: [{ name: 'Garden and balcony', view: null }] },
);

export const ProjectMove = Type.Object(
  { parentId: Type.Optional(Nullable(Id)), position },
  { ...strict, minProperties: 1, examples: [{ parentId: null, position: 'start' }] },
);

export function registerProjectRoutes(api: App, ctx: ServerContext): void {
  registerProjectReads(api, ctx);
  registerProjectWrites(api, ctx);
  registerProjectActions(api, ctx);
}

function registerProjectReads(api: App, ctx: ServerContext): void {
  api.get(
    '/projects',
    {
      schema: {
        operationId: 'listProjects',
        tags,
        summary: 'List projects',
        description: 'All that are not in the trash, as a tree read from the top: each is followed by those below it.',
        querystring: ListQuery,
        response: { 200: Page(ProjectRef) },
      },
      config: authz('list'),
    },
    async (request) => {
      const { archived } = request.query;
      const projects = await listProjects(ctx.database, principalOf(request).userId, { archived });
      return { items: projects.map(presentProject), nextCursor: null };
    },
  );

  api.get(
    '/projects/:id',
    {
      schema: {
        operationId: 'getProject',
        tags,
        summary: 'Read a project',
        params: IdParams,
        response: { 200: ProjectRef },
      },
      config: authz('read', ['id']),
    },
    async (request, reply) =>
      sendRevised(
        reply,
        presentProject(await getProject(ctx.database, principalOf(request).userId, request.params.id)),
      ),
  );
}

function registerProjectWrites(api: App, ctx: ServerContext): void {
  registerCreateProject(api, ctx);
  registerUpdateProject(api, ctx);
  registerRemoval(api, ctx, {
    url: '/projects/:id',
    operationId: 'deleteProject',
    summary: 'Move a project to the trash',
    description: 'With all that is in it. `POST /projects/{id}/restore` brings it back.',
    action: 'delete',
    stepFor: (id) => step(deleteProject, { id }),
  });
  registerRemoval(api, ctx, {
    url: '/trash/projects/:id',
    operationId: 'purgeProject',
    summary: 'Delete a project for good',
    description: 'It must be in the trash. All that is in it goes with it. This cannot be undone.',
    action: 'purge',
    stepFor: (id) => step(purgeProject, { id }),
  });
}

function registerCreateProject(api: App, ctx: ServerContext): void {
  api.post(
    '/projects',
    {
      schema: {
        operationId: 'createProject',
        tags,
        summary: 'Create a project',
        headers: ChangeHeaders,
        body: NewProject,
        response: { 201: ProjectRef },
      },
      config: authz('create', ['parentId']),
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { position: at = 'end', ...given } = request.body;
      const id = ctx.newId();
      const rank = await rankForProject(ctx.database, userId, at);
      const changed = await carryOut(ctx, request, reply, { steps: [step(createProject, { ...given, id, rank })] });
      const created = firstWritten(changed, 'project')?.id ?? id;
      reply.code(201).header('location', `/api/v1/projects/${created}`);
      return sendRevised(reply, presentProject(await getProject(ctx.database, userId, created)));
    },
  );
}

function registerUpdateProject(api: App, ctx: ServerContext): void {
  api.patch(
    '/projects/:id',
    {
      schema: {
        operationId: 'updateProject',
        tags,
        summary: 'Change a project',
        description: 'Absent fields keep their value. `parentId` moves it.',
        params: IdParams,
        headers: RevisedChangeHeaders,
        body: ProjectChanges,
        response: { 200: ProjectRef },
      },
      config: authz('update', ['id', 'parentId']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const { parentId, ...given } = request.body;
      const steps: Step[] = [];
      if (parentId !== undefined) steps.push(step(moveProject, { id, parentId }));
      if (Object.keys(given).length > 0 || steps.length === 0) steps.push(step(updateProject, { ...given, id }));
      await carryOut(ctx, request, reply, { steps, target: { kind: 'project', id } });
      return sendRevised(reply, presentProject(await getProject(ctx.database, userId, id)));
    },
  );
}

interface Removal {
  readonly url: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly action: string;
  readonly stepFor: (id: string) => Step;
}

function registerRemoval(api: App, ctx: ServerContext, { url, action, stepFor, ...texts }: Removal): void {
  api.delete(
    url,
    {
      schema: {
        ...texts,
        tags: action === 'purge' ? ['trash'] : tags,
        params: IdParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz(action, ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      await carryOut(ctx, request, reply, { steps: [stepFor(id)], target: { kind: 'project', id } });
      return reply.code(204).send(null);
    },
  );
}

function registerProjectActions(api: App, ctx: ServerContext): void {
  const byId = (mutator: typeof archiveProject) => async (_userId: string, id: string) => step(mutator, { id });
  registerAction(api, ctx, {
    verb: 'archive',
    summary: 'Archive a project',
    description: 'It stays readable; nothing in it can change.',
    stepFor: byId(archiveProject),
  });
  registerAction(api, ctx, {
    verb: 'unarchive',
    summary: 'Make an archived project active again',
    stepFor: byId(unarchiveProject),
  });
  registerAction(api, ctx, {
    verb: 'restore',
    summary: 'Bring a project back from the trash',
    stepFor: byId(restoreProject),
  });
  registerAction(api, ctx, {
    verb: 'move',
    summary: 'Place a project below another or elsewhere among its siblings',
    body: ProjectMove,
    async stepFor(userId, id, body) {
      const { parentId, position: at } = body as Static<typeof ProjectMove>;
      const args: ArgsOf<typeof moveProject> = {
        id,
        ...(parentId !== undefined && { parentId }),
        ...((parentId !== undefined || at) && { rank: await rankForProject(ctx.database, userId, at ?? 'end') }),
      };
      return step(moveProject, args);
    },
  });
}

interface ProjectAction {
  readonly verb: string;
  readonly summary: string;
  readonly description?: string;
  readonly body?: typeof ProjectMove;
  readonly stepFor: (userId: string, id: string, body: unknown) => Promise<Step>;
}

function registerAction(api: App, ctx: ServerContext, { verb, body, stepFor, ...texts }: ProjectAction): void {
  api.post(
    `/projects/:id/${verb}`,
    {
      schema: {
        operationId: `${verb}Project`,
        tags,
        ...texts,
        params: IdParams,
        headers: RevisedChangeHeaders,
        ...(body && { body }),
        response: { 200: ProjectRef },
      },
      config: authz(verb, body ? ['id', 'parentId'] : ['id']),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { userId } = principalOf(request);
      const wanted = await stepFor(userId, id, request.body);
      await carryOut(ctx, request, reply, { steps: [wanted], target: { kind: 'project', id } });
      return sendRevised(reply, presentProject(await getProject(ctx.database, userId, id)));
    },
  );
}
