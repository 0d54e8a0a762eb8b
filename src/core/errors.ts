/** Every way in which a request can fail for a reason the caller can act on. Closed: maps over it are total. */
export type ErrorCode =
  | 'malformed_request'
  | 'validation_failed'
  | 'unauthenticated'
  | 'invalid_credentials'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'username_taken'
  | 'revision_mismatch'
  | 'idempotency_mismatch'
  | 'not_undoable'
  | 'limit_exceeded'
  | 'signup_closed'
  | 'method_not_allowed'
  | 'unsupported_media_type'
  | 'payload_too_large'
  | 'rate_limited'
  | 'storage_full'
  | 'unavailable'
  | 'internal';

/** One fault of an input: `path` is a JSON Pointer (RFC 6901) into what was sent. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

export interface ErrorData {
  readonly errors?: readonly FieldError[];
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number;
  readonly [detail: string]: unknown;
}

/**
 * A rule said no. `message` is a sentence for people; `code` is for programs.
 * Throwing it rolls back whatever transaction it passes through.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.data = data;
  }
}

export function validationFailed(path: string, message: string): DomainError {
  return new DomainError('validation_failed', message, { errors: [{ path, message }] });
}

/** Missing and invisible are the same answer, so that ids cannot be probed. */
export function notFound(what: string): DomainError {
  return new DomainError('not_found', `This ${what} does not exist, or you have no access to it.`);
}

export function forbidden(message: string): DomainError {
  return new DomainError('forbidden', message);
}

/** An invariant of ours, not of the caller: failing it is a bug. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`invariant: ${what}`);
  return value;
}
