import { type DomainError, type ErrorCode } from '#core/errors.ts';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** The one place where a rule's "no" becomes a status of HTTP. */
export const PROBLEMS: Readonly<Record<ErrorCode, ProblemKind>> = {
  malformed_request: { status: 400, title: 'The request cannot be read' },
  validation_failed: { status: 422, title: 'The input is not valid' },
  unauthenticated: { status: 401, title: 'Log in first' },
  invalid_credentials: { status: 401, title: 'The name or the password is wrong' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'It conflicts with what is there' },
  username_taken: { status: 409, title: 'The user name is taken' },
  revision_mismatch: { status: 412, title: 'It has changed in the meantime' },
  idempotency_mismatch: { status: 422, title: 'The idempotency key was used for another request' },
  not_undoable: { status: 409, title: 'It cannot be undone' },
  limit_exceeded: { status: 409, title: 'A limit is reached' },
  signup_closed: { status: 403, title: 'Nobody can sign up here' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  rate_limited: { status: 429, title: 'Too many requests' },
  storage_full: { status: 507, title: 'No space left' },
  unavailable: { status: 503, title: 'Not available at the moment' },
  internal: { status: 500, title: 'Something went wrong' },
};

export const PROBLEM_TYPE = 'application/problem+json';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** RFC 9457. What failed inside stays inside: a 5xx tells what to do, never why. */
export function problemOf(error: DomainError, requestId: string): Problem {
  const { status, title } = PROBLEMS[error.code];
  const { errors, retryAfter: _header, ...details } = error.data;
  return {
    ...(status < 500 && details),
    type: `urn:tend:problem:${error.code}`,
    title,
    status,
    detail: error.code === 'internal' ? 'This is a fault of the server. Its log has the request id.' : error.message,
    code: error.code,
    requestId,
    ...(errors && { errors }),
  };
}
