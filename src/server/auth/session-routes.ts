import { Type } from 'typebox';
import { notFound } from '#core/errors.ts';
import { Id, Instant } from '#core/schema.ts';
import type { ServerContext } from '#server/context.ts';
import { inTransaction } from '#server/db/database.ts';
import { formatInstant } from '#server/db/instant.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { writeAudit } from './audit-log.ts';
import type { SessionCache } from './session-cache.ts';
import { findSession, listSessions, revokeSession, revokeSessionsOf } from './session-repository.ts';

const strict = { additionalProperties: false };
const tags = ['me'];
const NoContent = Type.Null({ description: 'Done' });

const SessionView = Type.Object({
  id: Id,
  current: Type.Boolean(),
  createdAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
  userAgent: Type.String(),
  ip: Type.String(),
});

export function registerSessionRoutes(app: App, context: ServerContext, cache: SessionCache): void {
  registerSessionList(app, context);
  registerRevocation(app, context, cache);
}

function registerSessionList(app: App, { database, clock }: ServerContext): void {
  app.get(
    '/me/sessions',
    {
      schema: {
        tags,
        operationId: 'listSessions',
        summary: 'Where the account is logged in',
        response: { 200: Type.Object({ items: Type.Array(SessionView) }) },
      },
      config: { authz: { access: 'user', resource: 'session', action: 'list' } },
    },
    async (request) => {
      const { userId, sessionId, instanceRole } = principalOf(request);
      const all = await listSessions(database.reader, userId, clock.now());
      // Everybody shares the demo account: nobody learns where the others are.
      const shown = instanceRole === 'demo' ? all.filter(({ id }) => id === sessionId) : all;
      return {
        items: shown.map((session) => ({
          id: session.id,
          current: session.id === sessionId,
          createdAt: formatInstant(session.created_at),
          lastUsedAt: formatInstant(session.rotated_at),
          expiresAt: formatInstant(session.expires_at),
          userAgent: session.user_agent,
          ip: session.ip,
        })),
      };
    },
  );
}

function registerRevocation(app: App, context: ServerContext, cache: SessionCache): void {
  const { database, clock } = context;

  app.delete(
    '/me/sessions/:id',
    {
      schema: {
        tags,
        operationId: 'endSession',
        summary: 'End a session',
        params: Type.Object({ id: Id }, strict),
        response: { 204: NoContent },
      },
      config: { authz: { access: 'user', resource: 'session', action: 'revoke', idParams: ['id'] } },
    },
    async (request, reply) => {
      const { userId, sessionId, instanceRole } = principalOf(request);
      const { id } = request.params;
      const session = await findSession(database.reader, id);
      const isOwn = session?.user_id === userId && session.revoked_at === null;
      if (!isOwn || (instanceRole === 'demo' && id !== sessionId)) throw notFound('session');
      await inTransaction(database, async (tx) => {
        await revokeSession(tx, id, clock.now(), 'revoked');
        await writeAudit(tx, context, { action: 'session.revoked', userId, ip: request.ip, detail: { sessionId: id } });
      });
      cache.forget(userId);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/me/sessions',
    {
      schema: {
        tags,
        operationId: 'endOtherSessions',
        summary: 'End every session but this one',
        response: { 204: NoContent },
      },
      config: { authz: { access: 'user', resource: 'session', action: 'revoke_others', demo: 'denied' } },
    },
    async (request, reply) => {
      const { userId, sessionId } = principalOf(request);
      await inTransaction(database, async (tx) => {
        await revokeSessionsOf(tx, userId, clock.now(), 'revoked', sessionId);
        await writeAudit(tx, context, { action: 'session.revoked', userId, ip: request.ip, detail: { all: true } });
      });
      cache.forget(userId);
      return reply.code(204).send(null);
    },
  );
}
