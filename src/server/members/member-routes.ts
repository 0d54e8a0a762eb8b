import { Type } from 'typebox';
import { addMember, changeMemberRole, leaveProject, removeMember } from '#core/projects/member-mutators.ts';
import { memberId, RoleName } from '#core/projects/member.ts';
import { Id } from '#core/schema.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { carryOut, ChangeHeaders, RevisedChangeHeaders, step } from '#server/rest/change.ts';
import { authzFor, IdParams, Nothing } from '#server/rest/operation.ts';
import { Page } from '#server/rest/page.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { findAccountId, getMember, listMembers } from './member-repository.ts';
import { MemberRef, presentMember } from './member-wire.ts';

const strict = { additionalProperties: false };
const tags = ['members'];
const authz = authzFor('member');

const MemberParams = Type.Object({ id: Id, userId: Id }, strict);

export const NewMember = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64, description: 'Of an account of this instance, in any case' }),
    role: RoleName,
  },
  { ...strict, examples: [{ username: 'kim', role: 'editor' }] },
);

export const MemberChanges = Type.Object({ role: RoleName }, { ...strict, examples: [{ role: 'viewer' }] });

export function registerMemberRoutes(api: App, ctx: ServerContext): void {
  registerMembersOfProject(api, ctx);
  registerMember(api, ctx);
}

function registerMembersOfProject(api: App, ctx: ServerContext): void {
  registerListMembers(api, ctx);
  registerAddMember(api, ctx);
  registerLeaveProject(api, ctx);
}

function registerListMembers(api: App, ctx: ServerContext): void {
  api.get(
    '/projects/:id/members',
    {
      schema: {
        operationId: 'listMembers',
        tags,
        summary: 'List the members of a project',
        params: IdParams,
        response: { 200: Page(MemberRef) },
      },
      config: authz('list', ['id']),
    },
    async (request) => {
      const members = await listMembers(ctx.database, principalOf(request).userId, request.params.id);
      return { items: members.map(presentMember), nextCursor: null };
    },
  );
}

function registerAddMember(api: App, ctx: ServerContext): void {
  api.post(
    '/projects/:id/members',
    {
      schema: {
        operationId: 'addMember',
        tags,
        summary: 'Add an account to a project',
        params: IdParams,
        headers: ChangeHeaders,
        body: NewMember,
        response: { 201: MemberRef },
      },
      config: authz('add', ['id']),
    },
    async (request, reply) => {
      const projectId = request.params.id;
      const { username, role } = request.body;
      // Nobody has a new id: the mutator then says that the user does not exist, after it has checked the rights.
      const userId = (await findAccountId(ctx.database, username)) ?? ctx.newId();
      await carryOut(ctx, request, reply, { steps: [step(addMember, { projectId, userId, role })] });
      reply.code(201).header('location', `/api/v1/projects/${projectId}/members/${userId}`);
      return sendRevised(
        reply,
        presentMember(await getMember(ctx.database, principalOf(request).userId, { projectId, userId })),
      );
    },
  );
}

function registerLeaveProject(api: App, ctx: ServerContext): void {
  api.post(
    '/projects/:id/leave',
    {
      schema: {
        operationId: 'leaveProject',
        tags,
        summary: 'Leave a project',
        description: 'The last owner must first make somebody else owner.',
        params: IdParams,
        headers: ChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('leave', ['id']),
    },
    async (request, reply) => {
      await carryOut(ctx, request, reply, { steps: [step(leaveProject, { projectId: request.params.id })] });
      return reply.code(204).send(null);
    },
  );
}

function registerMember(api: App, ctx: ServerContext): void {
  api.patch(
    '/projects/:id/members/:userId',
    {
      schema: {
        operationId: 'changeMemberRole',
        tags,
        summary: 'Change the role of a member',
        params: MemberParams,
        headers: RevisedChangeHeaders,
        body: MemberChanges,
        response: { 200: MemberRef },
      },
      config: authz('change', ['id', 'userId']),
    },
    async (request, reply) => {
      const at = { projectId: request.params.id, userId: request.params.userId };
      await carryOut(ctx, request, reply, {
        steps: [step(changeMemberRole, { ...at, role: request.body.role })],
        target: { kind: 'member', id: memberId(at.projectId, at.userId) },
      });
      return sendRevised(reply, presentMember(await getMember(ctx.database, principalOf(request).userId, at)));
    },
  );

  api.delete(
    '/projects/:id/members/:userId',
    {
      schema: {
        operationId: 'removeMember',
        tags,
        summary: 'Remove a member',
        description: 'What was assigned to them is assigned to nobody.',
        params: MemberParams,
        headers: RevisedChangeHeaders,
        response: { 204: Nothing },
      },
      config: authz('remove', ['id', 'userId']),
    },
    async (request, reply) => {
      const at = { projectId: request.params.id, userId: request.params.userId };
      await carryOut(ctx, request, reply, {
        steps: [step(removeMember, at)],
        target: { kind: 'member', id: memberId(at.projectId, at.userId) },
      });
      return reply.code(204).send(null);
    },
  );
}
