import { type ErrorCode, DomainError } from '#core/errors.ts';

/** Exit status of a refused command, by the code of the refusal; sysexits.h where it has one. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  malformed_request: 65,
  validation_failed: 65,
  unauthenticated: 77,
  invalid_credentials: 77,
  forbidden: 77,
  not_found: 66,
  conflict: 1,
  username_taken: 1,
  revision_mismatch: 1,
  idempotency_mismatch: 1,
  not_undoable: 1,
  limit_exceeded: 1,
  signup_closed: 77,
  method_not_allowed: 65,
  unsupported_media_type: 65,
  payload_too_large: 65,
  rate_limited: 75,
  storage_full: 74,
  unavailable: 69,
  internal: 70,
};

/** Errors whose message says everything that the operator needs. */
const PLAIN: Readonly<Record<string, number>> = {
  ConfigError: 2,
  SchemaTooNewError: 3,
  SchemaOutdatedError: 1,
  DatabaseInUseError: 1,
  SourceError: 66,
  NothingThereError: 66,
  NotABackupError: 65,
  DamagedBackupError: 65,
  NewerBackupError: 3,
  TargetNotEmptyError: 1,
  BackupNotWrittenError: 73,
  DamagedDatabaseError: 65,
};

/** What to print for an error and how to end; a bug keeps its stack. */
export function failureOf(error: unknown): { readonly message: string; readonly status: number } {
  if (error instanceof DomainError) {
    const details = error.data.errors?.map(({ path, message }) => `  ${path.replace(/^\//, '')}: ${message}`) ?? [];
    const isSaid = details.every((line) => line.endsWith(`: ${error.message}`));
    return { message: [error.message, ...(isSaid ? [] : details)].join('\n'), status: STATUS[error.code] };
  }
  if (!(error instanceof Error)) return { message: String(error), status: 70 };
  const status = PLAIN[error.name];
  return status === undefined
    ? { message: error.stack ?? error.message, status: 70 }
    : { message: error.message, status };
}
