import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Email, PasswordInput, UsernameInput } from '#core/auth/credentials.ts';
import { DomainError } from '#core/errors.ts';
import { Name } from '#core/schema.ts';
import { settingsContent } from '#core/users/settings.ts';
import type { ServerContext } from '#server/context.ts';
import type { App } from '#server/http/type-provider.ts';
import type { Accounts } from './accounts.ts';
import { assertSameOrigin, clearRefreshCookie, refreshTokenOf, setRefreshCookie } from './refresh-cookie.ts';
import type { Device, IssuedSession, Sessions } from './sessions.ts';
import { UserView, userView } from './user-view.ts';

const strict = { additionalProperties: false };
const tags = ['auth'];

const Remember = Type.Optional(Type.Boolean({ description: 'Stay logged in for up to 90 days instead of one' }));

const SignupBody = Type.Object(
  {
    username: UsernameInput,
    password: PasswordInput,
    displayName: Type.Optional(Name(120)),
    email: Type.Optional(Email),
    remember: Remember,
    setupToken: Type.Optional(Type.String({ maxLength: 200 })),
    timeZone: Type.Optional(settingsContent.timeZone),
    locale: Type.Optional(settingsContent.locale),
    weekStart: Type.Optional(settingsContent.weekStart),
  },
  strict,
);

const LoginBody = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 256 }),
    password: PasswordInput,
    remember: Remember,
  },
  strict,
);

export const TokenResponse = Type.Object({
  user: UserView,
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
  remember: Type.Boolean({ description: 'Whether the session outlives the browser' }),
});

const NoContent = Type.Null({ description: 'Done' });
const Empty = Type.Object({}, strict);

export function registerAuthRoutes(
  app: App,
  context: ServerContext,
  { accounts, sessions }: { readonly accounts: Accounts; readonly sessions: Sessions },
): void {
  registerLoginRoutes(app, context, accounts);
  registerCookieRoutes(app, context, sessions);
}

function registerLoginRoutes(app: App, context: ServerContext, accounts: Accounts): void {
  app.post(
    '/auth/signup',
    {
      schema: {
        tags,
        operationId: 'signUp',
        summary: 'Make an account',
        body: SignupBody,
        response: { 201: TokenResponse },
      },
      config: { authz: { access: 'public', resource: 'account', action: 'create' } },
    },
    async (request, reply) => {
      const issued = await accounts.signUp(request.body, deviceOf(request));
      return answerWithTokens(context, request, reply.code(201), issued);
    },
  );

  app.post(
    '/auth/login',
    {
      schema: { tags, operationId: 'logIn', summary: 'Log in', body: LoginBody, response: { 200: TokenResponse } },
      config: { authz: { access: 'public', resource: 'session', action: 'create' } },
    },
    async (request, reply) => {
      const issued = await accounts.logIn(request.body, deviceOf(request));
      return answerWithTokens(context, request, reply, issued);
    },
  );
}

function registerCookieRoutes(app: App, context: ServerContext, sessions: Sessions): void {
  const { config } = context;

  app.post(
    '/auth/refresh',
    {
      schema: {
        tags,
        operationId: 'refresh',
        summary: 'New tokens for the cookie',
        body: Empty,
        response: { 200: TokenResponse },
      },
      config: { authz: { access: 'public', resource: 'session', action: 'refresh' } },
    },
    async (request, reply) => {
      assertSameOrigin(config, request);
      const token = refreshTokenOf(config, request);
      if (token === undefined) throw new DomainError('unauthenticated', 'Nobody is logged in here.');
      try {
        const issued = await sessions.refresh(token, deviceOf(request));
        return await answerWithTokens(context, request, reply, issued);
      } catch (error) {
        if (error instanceof DomainError && error.code === 'unauthenticated') {
          clearRefreshCookie(config, request, reply);
        }
        throw error;
      }
    },
  );

  app.post(
    '/auth/logout',
    {
      schema: {
        tags,
        operationId: 'logOut',
        summary: 'End the session of the cookie',
        body: Empty,
        response: { 204: NoContent },
      },
      config: { authz: { access: 'public', resource: 'session', action: 'end' } },
    },
    async (request, reply) => {
      assertSameOrigin(config, request);
      const token = refreshTokenOf(config, request);
      if (token !== undefined) await sessions.end(token, deviceOf(request));
      clearRefreshCookie(config, request, reply);
      // Not "storage": other accounts of this browser keep their unsent changes there; the page removes its own.
      return reply.header('clear-site-data', '"cache"').code(204).send(null);
    },
  );
}

export function answerWithTokens(
  { config }: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  issued: IssuedSession,
) {
  setRefreshCookie(config, request, reply, issued.refreshToken, issued.cookieAge);
  return reply.send({
    user: userView(issued.user),
    access_token: issued.accessToken,
    token_type: 'bearer',
    expires_in: issued.expiresIn,
    remember: issued.remember,
  });
}

export function deviceOf(request: FastifyRequest): Device {
  return { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 400) };
}
