import { Type } from 'typebox';
import { Email, NewPassword, PasswordInput } from '#core/auth/credentials.ts';
import { DomainError } from '#core/errors.ts';
import { Name, Nullable } from '#core/schema.ts';
import type { ServerContext } from '#server/context.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { answerWithTokens, deviceOf, TokenResponse } from './auth-routes.ts';
import type { Profiles } from './profiles.ts';
import { findUser, type User } from './user-repository.ts';
import { UserView, userView } from './user-view.ts';

const strict = { additionalProperties: false };
const tags = ['me'];

const ProfileBody = Type.Object(
  {
    displayName: Type.Optional(Name(120)),
    email: Type.Optional(Nullable(Email)),
    currentPassword: Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description: 'Needed for `email`' })),
  },
  strict,
);

const PasswordBody = Type.Object({ currentPassword: PasswordInput, newPassword: NewPassword }, strict);

export function registerMeRoutes(app: App, context: ServerContext, profiles: Profiles): void {
  const { database } = context;

  app.get(
    '/me',
    {
      schema: { tags, operationId: 'getMe', summary: 'The own account', response: { 200: UserView } },
      config: { authz: { access: 'user', resource: 'account', action: 'read' } },
    },
    async (request) => userView(await ownUser(principalOf(request).userId)),
  );

  app.patch(
    '/me',
    {
      schema: {
        tags,
        operationId: 'updateMe',
        summary: 'Change the own account',
        body: ProfileBody,
        response: { 200: UserView },
      },
      config: { authz: { access: 'user', resource: 'account', action: 'update', demo: 'denied' } },
    },
    async (request) => {
      const user = await ownUser(principalOf(request).userId);
      return userView(await profiles.update(user, request.body, deviceOf(request)));
    },
  );

  app.post(
    '/me/password',
    {
      schema: {
        tags,
        operationId: 'changePassword',
        summary: 'Change the password',
        description: 'Ends every session of the account; the answer begins a new one.',
        body: PasswordBody,
        response: { 200: TokenResponse },
      },
      config: { authz: { access: 'user', resource: 'account', action: 'change_password', demo: 'denied' } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const user = await ownUser(principal.userId);
      const issued = await profiles.changePassword(user, principal.sessionId, request.body, deviceOf(request));
      return answerWithTokens(context, request, reply, issued);
    },
  );

  async function ownUser(userId: string): Promise<User> {
    const user = await findUser(database.reader, userId);
    if (!user) throw new DomainError('unauthenticated', 'This account does not exist any more.');
    return user;
  }
}
