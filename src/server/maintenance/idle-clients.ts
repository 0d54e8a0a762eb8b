import type { ServerContext } from '#server/context.ts';

/** A device that sent nothing for longer starts a new queue; its unsent changes are recognised by their ids. */
export const CLIENT_IDLE_DAYS = 90;
const DAY_MS = 86_400_000;

/** Returns how many devices were forgotten. */
export async function removeIdleClients({
  database,
  clock,
}: Pick<ServerContext, 'database' | 'clock'>): Promise<number> {
  const { numDeletedRows } = await database.writer
    .deleteFrom('client')
    .where('seen_at', '<', clock.now() - CLIENT_IDLE_DAYS * DAY_MS)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
