import type { SharedCounters } from '#server/context.ts';
import type { Hub } from '#server/write/hub.ts';
import { createRedisHub } from './redis-hub.ts';
import { RedisLink, type RedisLinkOptions } from './redis-link.ts';
import { createSharedCounters } from './shared-counters.ts';

/**
 * Processes that know of each other through Redis. Does not wait for it: they work without, only slower.
 * `origin` tells this process from the others.
 */
export function meetInRedis(
  options: RedisLinkOptions,
  origin: string,
): { hub: Hub; sharedCounters: SharedCounters; close: () => void } {
  const link = new RedisLink(options);
  return {
    hub: createRedisHub(link, origin),
    sharedCounters: createSharedCounters(link),
    close: () => link.close(),
  };
}
