import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#core/errors.ts';
import { asDomainError } from '#server/db/database-errors.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';

/** Answers every error of every route, and logs what is a fault of ours. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = classify(error);
  const problem = problemOf(known, request.id);
  if (problem.status >= 500) request.log.error({ err: error }, known.message);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  const { retryAfter } = known.data;
  if (retryAfter !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfter))));
  // As a string: an object would go through the serializer of the route's success.
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

function classify(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const fromDatabase = asDomainError(error);
  if (fromDatabase) return fromDatabase;
  const { code, statusCode } = error as FastifyError;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DomainError('payload_too_large', 'A request can have at most 1 MiB.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return new DomainError('unsupported_media_type', 'Send JSON, with the header Content-Type: application/json.');
    case 'FST_ERR_HANDLER_TIMEOUT':
      return new DomainError('unavailable', 'The server took too long.', { retryAfter: 1 });
    default:
  }
  // Fastify's own refusals, such as a length that does not match; their messages are about the request only.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new DomainError('malformed_request', (error as Error).message, {}, { cause: error });
  }
  return new DomainError('internal', 'unexpected error', {}, { cause: error });
}
