import { hash } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { DomainError } from '#core/errors.ts';
import type { Clock } from '#server/context.ts';

const ISSUER = 'tend';
const AUDIENCE = 'tend-api';
const TYPE = 'at+jwt'; // RFC 9068
const CACHE_MAX = 10_000;

export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface AccessTokens {
  issue(userId: string, sessionId: string): Promise<{ readonly token: string; readonly expiresIn: number }>;
  /** Who it was issued to. Whether the session still is, the caller has to ask (`session-cache.ts`). */
  verify(token: string): Promise<AccessClaims> | AccessClaims;
}

/** Signed, short-lived, and without roles: those are looked up, so that a change of them takes effect at once. */
export function createAccessTokens(key: Uint8Array, minutes: number, clock: Clock): AccessTokens {
  // Verifying costs as much as a query. By hash, so that a dump of the memory holds no token from here.
  const verified = new Map<string, AccessClaims>();

  async function verifyAnew(token: string, digest: string): Promise<AccessClaims> {
    let claims: AccessClaims;
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'sid', 'exp'],
        currentDate: new Date(clock.now()),
      });
      if (typeof payload['sid'] !== 'string' || payload.sub === undefined || payload.exp === undefined) throw refused();
      claims = { userId: payload.sub, sessionId: payload['sid'], expiresAt: payload.exp * 1000 };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused(error);
      throw error;
    }
    if (verified.size >= CACHE_MAX) {
      const oldest = verified.keys().next().value;
      if (oldest !== undefined) verified.delete(oldest);
    }
    verified.set(digest, claims);
    return claims;
  }

  return {
    async issue(userId, sessionId) {
      const issuedAt = Math.floor(clock.now() / 1000);
      const expiresIn = minutes * 60;
      const token = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + expiresIn)
        .sign(key);
      return { token, expiresIn };
    },
    verify(token) {
      const digest = hash('sha256', token, 'base64');
      const known = verified.get(digest);
      if (!known) return verifyAnew(token, digest);
      if (known.expiresAt > clock.now()) return known;
      verified.delete(digest);
      throw refused();
    },
  };
}

function refused(cause?: unknown): DomainError {
  return new DomainError('unauthenticated', 'The access token is not valid, or no longer.', {}, { cause });
}
