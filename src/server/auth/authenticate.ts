import type { FastifyRequest } from 'fastify';
import { DomainError } from '#core/errors.ts';
import type { Principal } from '#server/http/policy.ts';
import type { AccessTokens } from './access-token.ts';
import type { SessionCache } from './session-cache.ts';

/** How other features ask who somebody is. */
export interface Authenticator {
  /** The principal of the bearer token of a request. Throws `unauthenticated`. */
  authenticate(request: FastifyRequest): Promise<Principal>;
  /** Whether a principal may still act: for streams, which outlive the request that opened them. */
  isCurrent(principal: Principal): Promise<boolean>;
}

export function createAuthenticator(tokens: AccessTokens, sessions: SessionCache, now: () => number): Authenticator {
  return {
    async authenticate(request) {
      const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
      if (token === undefined)
        throw new DomainError('unauthenticated', 'Send an access token: Authorization: Bearer …');
      const claims = await tokens.verify(token);
      const holder = await sessions.holderOf(claims.sessionId);
      if (!holder || holder.userId !== claims.userId) {
        throw new DomainError('unauthenticated', 'This session has ended. Log in again.');
      }
      return { ...holder, expiresAt: claims.expiresAt };
    },
    async isCurrent(principal) {
      if (principal.expiresAt <= now()) return false;
      const holder = await sessions.holderOf(principal.sessionId);
      return holder !== undefined && holder.instanceRole === principal.instanceRole;
    },
  };
}
