import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#server/config.ts';

const BASE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
];

export const CONTENT_POLICY = [...BASE_POLICY, "style-src 'self'", "require-trusted-types-for 'script'"].join('; ');

/** Swagger UI writes style attributes and assigns innerHTML; it still runs only scripts of our own files. */
export const DOCS_CONTENT_POLICY = [...BASE_POLICY, "style-src 'self' 'unsafe-inline'"].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  // Static files say otherwise for themselves; everything else may hold somebody's data.
  'cache-control': 'no-store',
};

const HSTS = 'max-age=63072000';

/** On every response: set before anything can answer. */
export function setSecurityHeaders(config: Config, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(HEADERS);
  if (isHttps(config, request)) reply.header('strict-transport-security', HSTS);
}

/** Whether the person's browser speaks https with us, directly or with a proxy that we trust. */
export function isHttps(config: Config, request: FastifyRequest): boolean {
  return config.publicUrl?.startsWith('https:') ?? request.protocol === 'https';
}

/** For answers that are written to the socket because no request could be read. */
export function securityHeaders(config: Config): Readonly<Record<string, string>> {
  return config.publicUrl?.startsWith('https:') ? { ...HEADERS, 'strict-transport-security': HSTS } : HEADERS;
}
