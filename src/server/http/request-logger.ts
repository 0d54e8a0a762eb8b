import type { FastifyBaseLogger } from 'fastify';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * The logger of one request. Making a child of a logger that masks secrets costs as much as looking up the session,
 * and most requests never log: so the first line that is written makes it.
 */
class RequestLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: Record<string, unknown>;
  #child: FastifyBaseLogger | undefined;

  constructor(parent: FastifyBaseLogger, bindings: Record<string, unknown>) {
    this.#parent = parent;
    this.#bindings = bindings;
  }

  get level(): string {
    return this.#parent.level;
  }

  isLevelEnabled(level: string): boolean {
    return (this.#parent as unknown as { isLevelEnabled(level: string): boolean }).isLevelEnabled(level);
  }

  child(more: Record<string, unknown>): FastifyBaseLogger {
    return createRequestLogger(this.#parent, { ...this.#bindings, ...more });
  }

  fatal(object: unknown, message?: string): void {
    this.#write('fatal', object, message);
  }

  error(object: unknown, message?: string): void {
    this.#write('error', object, message);
  }

  warn(object: unknown, message?: string): void {
    this.#write('warn', object, message);
  }

  info(object: unknown, message?: string): void {
    this.#write('info', object, message);
  }

  debug(object: unknown, message?: string): void {
    this.#write('debug', object, message);
  }

  trace(object: unknown, message?: string): void {
    this.#write('trace', object, message);
  }

  silent(): void {}

  #write(level: Level, object: unknown, message: string | undefined): void {
    if (!this.isLevelEnabled(level)) return;
    this.#child ??= this.#parent.child(this.#bindings);
    this.#child[level](object, message);
  }
}

export function createRequestLogger(parent: FastifyBaseLogger, bindings: Record<string, unknown>): FastifyBaseLogger {
  return new RequestLogger(parent, bindings);
}
