import { sql } from 'kysely';
import { DomainError } from '#core/errors.ts';
import type { ServerContext } from '#server/context.ts';
import { appliedMigrations, pendingMigrations } from '#server/db/migrator.ts';
import type { App } from './type-provider.ts';

/** For whatever watches over the process. Neither is limited: a busy office must not look like an outage. */
export function registerHealthRoutes(
  app: App,
  { database, closing }: ServerContext,
  condition: () => Promise<object>,
): void {
  const config = {
    authz: { access: 'public', resource: 'health', action: 'read' },
    rateLimit: 'none',
  } as const;
  app.get('/healthz', { schema: { hide: true }, config }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { hide: true }, config }, async () => {
    if (closing.aborted) throw new DomainError('unavailable', 'The server is stopping.', { retryAfter: 2 });
    await sql`select 1`.execute(database.reader);
    const pending = pendingMigrations(await appliedMigrations(database.reader as never, database.engine));
    if (pending.length > 0)
      throw new DomainError('unavailable', 'The database waits for its migration.', { retryAfter: 5 });
    return { status: 'ok', ...(await condition()) };
  });
}
