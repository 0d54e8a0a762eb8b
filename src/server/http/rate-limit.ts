import { isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '#core/errors.ts';
import type { Limits, SharedCounters, SharedLimiter } from '#server/context.ts';

/** An address, or the /64 that one IPv6 subscriber has to itself. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter((part) => part !== '');
  const right = (tail ?? '').split(':').filter((part) => part !== '');
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

export interface RateLimits {
  /** Counts a request, per account once it is known, else per network. Throws when there were too many. */
  count(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

interface Limit {
  readonly points: number;
  readonly own: RateLimiterMemory;
  /** Of all processes together, where they share their counters. */
  readonly shared: SharedLimiter | undefined;
}

const WINDOW_SECONDS = 60;

/**
 * They protect the server. Each process counts what it lets through, and with Redis all of them together: when that
 * fails, the own count has been there all along, so that a limit never begins anew and is never off. What protects
 * passwords is counted in the database (`#server/auth/login-attempts.ts`), where a restart does not forget it.
 */
export function createRateLimits(limits: Limits, factor: number, shared?: SharedCounters): RateLimits {
  const limit = (name: string, perMinute: number): Limit => {
    const points = perMinute * factor;
    return {
      points,
      own: new RateLimiterMemory({ points, duration: WINDOW_SECONDS }),
      shared: shared?.limiter(name, points, WINDOW_SECONDS),
    };
  };
  const perAccount = limit('account', limits.apiPerMinute);
  const perNetwork = limit('network', limits.apiPerMinute);
  const searches = limit('search', limits.searchPerMinute);
  return {
    async count(request, reply) {
      const { rateLimit } = request.routeOptions.config;
      if (rateLimit === 'none') return;
      const { principal } = request;
      if (principal) await consume(perAccount, principal.userId, reply);
      else await consume(perNetwork, networkOf(request.ip), reply);
      if (rateLimit === 'search') await consume(searches, principal?.userId ?? networkOf(request.ip), reply);
    },
  };
}

async function consume({ points, own, shared }: Limit, key: string, reply: FastifyReply): Promise<void> {
  const waitMs = (await consumeOwn(own, key)) || (await shared?.consume(key));
  if (!waitMs) return;
  const seconds = Math.ceil(waitMs / 1000);
  reply.header('ratelimit-limit', String(points));
  throw new DomainError('rate_limited', `There were too many requests. Try again in ${seconds} s.`, {
    retryAfter: seconds,
  });
}

/** Milliseconds to wait, 0 for none. */
async function consumeOwn(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (error) {
    if (error instanceof Error) throw error;
    return Math.max(1, (error as RateLimiterRes).msBeforeNext);
  }
}
