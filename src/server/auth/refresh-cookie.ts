import type { FastifyReply, FastifyRequest } from 'fastify';
import { forbidden } from '#core/errors.ts';
import type { Config } from '#server/config.ts';
import { isHttps } from '#server/http/security-headers.ts';

/**
 * `__Host-` makes browsers insist on Secure, on this very host and on Path=/. On plain http, where they would
 * refuse it, the cookie has another name: a stolen connection cannot plant one for https.
 */
function cookieName(secure: boolean): string {
  return secure ? '__Host-rt' : 'rt';
}

export function setRefreshCookie(
  config: Config,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  maxAge: number | undefined,
): void {
  const secure = isHttps(config, request);
  reply.setCookie(cookieName(secure), token, {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    ...(maxAge !== undefined && { maxAge }),
  });
}

export function clearRefreshCookie(config: Config, request: FastifyRequest, reply: FastifyReply): void {
  const secure = isHttps(config, request);
  reply.clearCookie(cookieName(secure), { httpOnly: true, sameSite: 'strict', secure, path: '/' });
}

export function refreshTokenOf(config: Config, request: FastifyRequest): string | undefined {
  return request.cookies[cookieName(isHttps(config, request))];
}

/** The only routes that a cookie opens take requests of our own page only; SameSite alone does not stop a sibling host. */
export function assertSameOrigin(config: Config, request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  const own = config.publicUrl ?? `${request.protocol}://${request.host}`;
  const isOwn = site === undefined ? request.headers.origin === own : site === 'same-origin';
  if (!isOwn) throw forbidden('This can only be called by the page of this instance itself.');
}
