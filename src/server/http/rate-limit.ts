import { isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '#core/errors.ts';
import type { Limits } from '#server/context.ts';

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

/**
 * Per process and in memory: they protect the process. What protects passwords is counted in the database
 * (`#server/auth/login-attempts.ts`), where a restart does not forget it.
 */
export function createRateLimits(limits: Limits, factor: number): RateLimits {
  const perAccount = new RateLimiterMemory({ points: limits.apiPerMinute * factor, duration: 60 });
  const perNetwork = new RateLimiterMemory({ points: limits.apiPerMinute * factor, duration: 60 });
  const searches = new RateLimiterMemory({ points: limits.searchPerMinute * factor, duration: 60 });
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

async function consume(limiter: RateLimiterMemory, key: string, reply: FastifyReply): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (error instanceof Error) throw error;
    const seconds = Math.ceil((error as RateLimiterRes).msBeforeNext / 1000);
    reply.header('ratelimit-limit', String(limiter.points));
    throw new DomainError('rate_limited', `There were too many requests. Try again in ${seconds} s.`, {
      retryAfter: seconds,
    });
  }
}
