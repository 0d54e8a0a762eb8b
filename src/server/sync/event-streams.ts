import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainError } from '#core/errors.ts';
import { userScope } from '#core/rows.ts';
import type { Database } from '#server/db/database.ts';
import type { Principal } from '#server/http/policy.ts';
import type { Logger } from '#server/logger.ts';
import type { CommitNotice, Hub } from '#server/write/hub.ts';
import { EventStream, formatEvent } from './event-stream.ts';
import { ScopeWatch } from './scope-watch.ts';
import { listActiveSessions } from './stream-repository.ts';

const STREAMS_PER_USER = 20;
/** Commits of this long are told together. */
const COALESCE_MS = 75;
const RETRY_MS = 1_000;
const PING_MS = 25_000;
/** A stream of a revoked session or an expired token ends within 5 s. */
const CHECK_MS = 4_000;
/**
 * Commits of other processes are looked for this often: where nobody tells of them, and where somebody should but may
 * not (Redis drops, hangs and is cut off). Five seconds is what a device waits at most, in either case.
 */
const LOOK_MS = 2_000;
const LOOK_TOO_MS = 4_000;
const LOOK_TICK_MS = 500;
/** Writing to more would keep everybody else waiting for this turn of the event loop. */
const SENDS_PER_TURN = 1_000;
/** Spread over which devices come back after a restart, per stream and at most. */
const RETURN_MS_PER_STREAM = 10;
const RETURN_MS_MAX = 60_000;

export interface EventStreamsOptions {
  readonly database: Database;
  readonly hub: Hub;
  readonly logger: Pick<Logger, 'error'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly closing: AbortSignal;
}

/** The open event streams of this process: which scopes each may hear of, and the frames that go to them. */
export class EventStreams {
  readonly #options: EventStreamsOptions;
  readonly #byUser = new Map<string, Set<EventStream>>();
  readonly #byScope = new Map<string, Set<EventStream>>();
  readonly #watch: ScopeWatch;
  #lookedAt = performance.now();
  #looking = false;
  #dirty = new Set<string>();
  #flushing: NodeJS.Timeout | undefined;

  constructor(options: EventStreamsOptions) {
    this.#options = options;
    this.#watch = new ScopeWatch(options.database);
    const unsubscribe = options.hub.subscribe((notice) => this.#note(notice));
    const guard = (work: () => Promise<void>) => () => {
      work().catch((error: unknown) => options.logger.error({ err: error }, 'event streams'));
    };
    const timers = [
      setInterval(() => this.#ping(), PING_MS).unref(),
      setInterval(
        guard(() => this.#endRevoked()),
        CHECK_MS,
      ).unref(),
    ];
    // SQLite has one process, which hears of everything.
    if (options.database.engine === 'postgres') {
      timers.push(
        setInterval(
          guard(() => this.#lookIfDue()),
          LOOK_TICK_MS,
        ).unref(),
      );
    }
    const stop = (): void => {
      unsubscribe();
      for (const timer of timers) clearInterval(timer);
      clearTimeout(this.#flushing);
      this.#sayGoodbye();
    };
    if (options.closing.aborted) stop();
    else options.closing.addEventListener('abort', stop, { once: true });
  }

  get size(): number {
    let size = 0;
    for (const streams of this.#byUser.values()) size += streams.size;
    return size;
  }

  /** Throws before anything is written when the user has too many. */
  async open(principal: Principal, headers: Record<string, string>, response: ServerResponse): Promise<void> {
    const { userId } = principal;
    if ((this.#byUser.get(userId)?.size ?? 0) >= STREAMS_PER_USER) {
      throw new DomainError('rate_limited', `There can be at most ${STREAMS_PER_USER} event streams.`, {
        retryAfter: 60,
      });
    }
    const stream = new EventStream(principal, response, new Set());
    addTo(this.#byUser, userId, stream);
    response.once('close', () => this.#forget(stream));
    try {
      await this.#refresh([userId]);
    } catch (error) {
      this.#forget(stream);
      throw error;
    }
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    stream.send(formatEvent({ type: 'ping' }));
    if (this.#options.closing.aborted) stream.end(0);
  }

  #note({ scopes, versions = [] }: CommitNotice): void {
    if (this.#byUser.size === 0) return;
    this.#watch.hear(versions);
    this.#wake(scopes);
  }

  async #lookIfDue(): Promise<void> {
    const now = performance.now();
    const due = this.#lookedAt + (this.#options.hub.hearsOthers ? LOOK_TOO_MS : LOOK_MS);
    if (this.#looking || this.#byUser.size === 0 || now < due) return;
    this.#looking = true;
    this.#lookedAt = now;
    try {
      await this.#look();
    } finally {
      this.#looking = false;
    }
  }

  /** Finds commits that nobody told of, and tells. */
  async #look(): Promise<void> {
    const { changed, scopesByUser } = await this.#watch.look([...this.#byUser.keys()]);
    for (const [userId, scopes] of scopesByUser) {
      if (this.#show(userId, scopes)) this.#wake([userScope(userId)]);
    }
    this.#wake(changed);
  }

  #wake(scopes: readonly string[], afterMs = COALESCE_MS): void {
    if (scopes.length === 0) return;
    for (const scope of scopes) this.#dirty.add(scope);
    this.#flushing ??= setTimeout(() => {
      this.#flush().catch((error: unknown) => this.#options.logger.error({ err: error }, 'event streams'));
    }, afterMs).unref();
  }

  async #flush(): Promise<void> {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    this.#flushing = undefined;
    // The scope of a user changes with what they may see: ask again before telling anything.
    const users = [...this.#byUser.keys()].filter((userId) => dirty.has(userScope(userId)));
    try {
      if (users.length > 0) await this.#refresh(users);
    } catch (error) {
      // Nobody else will tell of these: again, when the database may be back.
      this.#wake([...dirty], RETRY_MS);
      throw error;
    }
    const news = new Map<EventStream, string[]>();
    for (const scope of dirty) {
      for (const stream of this.#byScope.get(scope) ?? []) {
        const scopes = news.get(stream);
        if (scopes) scopes.push(scope);
        else news.set(stream, [scope]);
      }
    }
    const frames = new Map<string, string>();
    let sent = 0;
    for (const [stream, scopes] of news) {
      const key = scopes.join();
      const frame = frames.get(key) ?? formatEvent({ type: 'poke', scopes });
      frames.set(key, frame);
      stream.send(frame);
      if (++sent % SENDS_PER_TURN === 0) await nextTurn();
    }
  }

  /** Asks what these users may see now. */
  async #refresh(users: readonly string[]): Promise<void> {
    const scopesByUser = await this.#watch.read(users);
    for (const userId of users) this.#show(userId, scopesByUser.get(userId) ?? []);
  }

  /** From now on the streams of this user hear of these scopes. Answers whether that is new to any of them. */
  #show(userId: string, visible: readonly string[]): boolean {
    const scopes = new Set([userScope(userId), ...visible]);
    const streams = this.#byUser.get(userId);
    if (!streams) this.#unwatch(userId, scopes);
    let news = false;
    for (const stream of streams ?? []) {
      news ||= stream.scopes.size !== scopes.size || !scopes.isSupersetOf(stream.scopes);
      this.#subscribe(stream, scopes);
    }
    return news;
  }

  #subscribe(stream: EventStream, scopes: ReadonlySet<string>): void {
    for (const scope of stream.scopes) {
      if (scopes.has(scope)) continue;
      removeFrom(this.#byScope, scope, stream);
      if (!this.#byScope.has(scope)) this.#watch.forgetScope(scope);
    }
    for (const scope of scopes) if (!stream.scopes.has(scope)) addTo(this.#byScope, scope, stream);
    stream.scopes = scopes;
  }

  #forget(stream: EventStream): void {
    this.#subscribe(stream, new Set());
    removeFrom(this.#byUser, stream.principal.userId, stream);
    if (!this.#byUser.has(stream.principal.userId)) this.#unwatch(stream.principal.userId, []);
  }

  /** The last stream of this user has ended, perhaps while the database was asked. */
  #unwatch(userId: string, scopes: Iterable<string>): void {
    this.#watch.forgetUser(userId);
    for (const scope of scopes) if (!this.#byScope.has(scope)) this.#watch.forgetScope(scope);
  }

  #ping(): void {
    const frame = formatEvent({ type: 'ping' });
    for (const stream of this.#all()) stream.send(frame);
  }

  async #endRevoked(): Promise<void> {
    const streams = [...this.#all()];
    if (streams.length === 0) return;
    const sessions = new Set(streams.map((stream) => stream.principal.sessionId));
    const active = await listActiveSessions(this.#options.database, [...sessions]);
    const now = this.#options.now();
    for (const stream of streams) {
      const { sessionId, expiresAt } = stream.principal;
      if (expiresAt <= now || !active.has(sessionId)) stream.end(0);
    }
  }

  #sayGoodbye(): void {
    const spread = Math.min(RETURN_MS_MAX, Math.max(1_000, this.size * RETURN_MS_PER_STREAM));
    for (const stream of this.#all()) stream.end(Math.floor(Math.random() * spread));
  }

  *#all(): Iterable<EventStream> {
    for (const streams of this.#byUser.values()) yield* streams;
  }
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

function removeFrom<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
