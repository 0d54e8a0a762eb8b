import { DomainError } from '#core/errors.ts';

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;
/** Lock and statement timeouts, deadlock, serialization failure, too many connections, disk full, going down. */
const POSTGRES_TRANSIENT = new Set(['55P03', '57014', '40P01', '40001', '53300', '57P01', '57P02', '57P03']);
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);

interface EngineError {
  readonly code?: string;
  readonly errcode?: number;
  readonly message?: string;
}

export function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = error as EngineError;
  return code === '23505' || errcode === SQLITE_CONSTRAINT_UNIQUE || errcode === SQLITE_CONSTRAINT_PRIMARYKEY;
}

/** What the caller can do about a failure of the database; undefined when it is a bug of ours. */
export function asDomainError(error: unknown): DomainError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode, message } = error as EngineError;
  if (code === '53100' || (errcode !== undefined && (errcode & 0xff) === SQLITE_FULL)) {
    return new DomainError('storage_full', 'The disk is full. Nothing was changed.', {}, { cause: error });
  }
  const transient =
    (code !== undefined && (POSTGRES_TRANSIENT.has(code) || code.startsWith('08') || NETWORK.has(code))) ||
    (errcode !== undefined && (errcode & 0xff) === SQLITE_BUSY) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(message ?? '');
  return transient
    ? new DomainError(
        'unavailable',
        'The database does not answer in time. Nothing was changed.',
        { retryAfter: 1 },
        { cause: error },
      )
    : undefined;
}
