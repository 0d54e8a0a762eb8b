import { randomUUID } from 'node:crypto';
import type { Config } from '#server/config.ts';
import type { SharedCounters } from '#server/context.ts';
import type { Logger } from '#server/logger.ts';
import { createLocalHub, type Hub } from '#server/write/hub.ts';

/** What connects this process with the others on the same database. */
export interface Processes {
  readonly hub: Hub;
  readonly sharedCounters: SharedCounters | undefined;
  close(): void;
}

/**
 * Redis is loaded only where it is wanted and where there can be several processes. `prefix` tells this installation
 * from others in the same Redis; every process of it has the same.
 */
export async function joinProcesses(
  { redisUrl, database }: Pick<Config, 'redisUrl' | 'database'>,
  prefix: string,
  logger: Logger,
): Promise<Processes> {
  if (redisUrl !== undefined && database.engine === 'postgres') {
    const { meetInRedis } = await import('./redis-processes.ts');
    return meetInRedis({ url: redisUrl, prefix, logger }, randomUUID());
  }
  if (redisUrl !== undefined) logger.warn('REDIS_URL is of no use with SQLite, which has one process');
  return { hub: createLocalHub(), sharedCounters: undefined, close() {} };
}
