import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#server/config.ts';

const PREFLIGHT: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'Authorization, Content-Type, If-Match, Idempotency-Key',
  'access-control-max-age': '600',
};

/**
 * Off unless CORS_ORIGINS names origins. Never with credentials: other pages use bearer tokens, and the cookie
 * stays between Tend's own page and its server. Returns true when the request was a preflight and is answered.
 */
export function answerCors(config: Config, request: FastifyRequest, reply: FastifyReply): boolean {
  const { origin } = request.headers;
  if (config.corsOrigins.length === 0 || origin === undefined) return false;
  reply.header('vary', 'Origin');
  const anyone = config.corsOrigins.includes('*');
  if (!anyone && !config.corsOrigins.includes(origin)) return false;
  reply.header('access-control-allow-origin', anyone ? '*' : origin);
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
    reply.header('access-control-expose-headers', 'ETag, Location, Retry-After');
    return false;
  }
  void reply.headers(PREFLIGHT).code(204).send();
  return true;
}
