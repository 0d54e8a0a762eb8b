import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config.ts';

export type Logger = PinoLogger;

/** Names under which a secret could reach a log line. */
const SECRET_KEYS = [
  'password',
  'currentPassword',
  'newPassword',
  'access_token',
  'accessToken',
  'refreshToken',
  'token',
  'setupToken',
  'secretKey',
  'authorization',
  'cookie',
  'set-cookie',
];

/** Structured lines on standard output. Request bodies and headers are never logged; what slips through is masked. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    messageKey: 'message',
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: SECRET_KEYS.flatMap((key) => {
        const path = key.includes('-') ? `["${key}"]` : key;
        return key.includes('-') ? [path, `*${path}`, `*.*${path}`] : [path, `*.${path}`, `*.*.${path}`];
      }),
      censor: '[redacted]',
    },
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Stack and cause, without the fields that database drivers add: those can hold the values of a query. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
