import { type RateLimiterRes, RateLimiterRedis } from 'rate-limiter-flexible';
import type { SharedCounters } from '#server/context.ts';
import type { RedisLink } from './redis-link.ts';

/** No request waits for longer, and after one that did, none waits until Redis answers again. */
const ANSWER_MS = 100;

/** Counters in Redis. Whoever uses them counts for itself as well: without Redis they know nothing and refuse nobody. */
export function createSharedCounters(link: RedisLink): SharedCounters {
  // The connection behind the link changes; the limiter keeps what it was given.
  const storeClient = {
    get isReady() {
      return link.client.isReady;
    },
    eval: (script: string, options: { keys: string[]; arguments: string[] }) => link.client.eval(script, options),
  };
  return {
    limiter(name, points, seconds) {
      const limiter = new RateLimiterRedis({
        storeClient,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        keyPrefix: `${link.prefix}${name}`,
        points,
        duration: seconds,
      });
      return {
        async consume(key) {
          if (!link.live) return 0;
          const late = Promise.withResolvers<number>();
          const timer = setTimeout(() => {
            link.distrust();
            late.resolve(0);
          }, ANSWER_MS);
          try {
            return await Promise.race([late.promise, waitOf(limiter.consume(key))]);
          } finally {
            clearTimeout(timer);
          }
        },
      };
    },
  };
}

/** Milliseconds until the next one is let through; 0 when this one is, or nobody knows. */
async function waitOf(consumed: Promise<RateLimiterRes>): Promise<number> {
  try {
    await consumed;
    return 0;
  } catch (refusal) {
    return refusal instanceof Error ? 0 : Math.max(1, (refusal as RateLimiterRes).msBeforeNext);
  }
}
