import { DomainError } from '#core/errors.ts';
import { PUSH_MAX, type StopReason, type SyncEvent } from '#core/sync/protocol.ts';
import { Observable } from './observable.ts';
import type { Replica } from './replica.ts';
import { inTime, unavailable } from './request-timeout.ts';
import { RetryLoop } from './retry-loop.ts';
import type { ScopeStage } from './scope-stage.ts';
import { type SyncFault, SyncSession } from './sync-session.ts';
import type { Connection } from './sync-status.ts';
import type { SyncEnvironment, SyncTransport } from './sync-transport.ts';

export interface SyncClientOptions {
  readonly replica: Replica;
  readonly transport: SyncTransport;
  readonly environment: SyncEnvironment;
  /** Off: only polling, no stream of events. */
  readonly live?: boolean;
  readonly session?: SyncSession;
  readonly report?: (fault: SyncFault) => void;
}

const POLL_MS = 5 * 60_000;
/** The server says something every 25 s. */
const SILENCE_MS = 60_000;
/** A stream that ends sooner was cut by something between us and the server. */
const SHORT_STREAM_MS = 5_000;
const PAGES_AT_ONCE = 4;
/** Answers of one round that ask for another request; then the server is given time. */
const ANSWERS_MAX = 10;
/** After as many equal unexpected failures a mutation is given up. */
const POISON_AFTER = 5;

/**
 * Keeps a replica and a server in step: sends what waits, one push at a time and in order; pulls at the start, when
 * poked, after a push, when the page becomes visible and every five minutes. Each of the three loops backs off alone,
 * so that a change which cannot be sent does not hold up what arrives.
 */
export class SyncClient {
  readonly #replica: Replica;
  readonly #transport: SyncTransport;
  readonly #environment: SyncEnvironment;
  readonly #session: SyncSession;
  readonly #live: boolean;
  readonly #report: (fault: SyncFault) => void;
  readonly #push: RetryLoop;
  readonly #pull: RetryLoop;
  readonly #events: RetryLoop;
  readonly #failed = { uid: '', times: 0 };
  #stopped: 'not-started' | 'signed-out' | 'update-needed' | 'closed' | null = 'not-started';
  #online = true;
  readonly #workOffline = new Observable(false);
  #cancelPoll: () => void = () => {};

  constructor({ replica, transport, environment, live = true, session, report = () => {} }: SyncClientOptions) {
    this.#replica = replica;
    this.#transport = transport;
    this.#environment = environment;
    this.#live = live;
    this.#report = report;
    this.#session = session ?? new SyncSession(replica, report);
    const loop = (work: (signal: AbortSignal) => Promise<void>): RetryLoop =>
      new RetryLoop({
        environment,
        work,
        onFailure: (error) => this.#afterFailure(error),
        onSuccess: () => this.#updateConnection(),
      });
    this.#push = loop((signal) => this.#pushAll(signal));
    this.#pull = loop((signal) => this.#pullAll(signal));
    this.#events = loop((signal) => this.#listen(signal));
  }

  /** Whether nothing is on its way and nothing waits. */
  get idle(): boolean {
    return !this.#push.busy && !this.#pull.busy && this.#replica.outbox.unanswered.length === 0;
  }

  /** Why it cannot go on by itself, if so: it needs the person. */
  get halted(): 'signed-out' | 'update-needed' | null {
    return this.#stopped === 'signed-out' || this.#stopped === 'update-needed' ? this.#stopped : null;
  }

  get replica(): Replica {
    return this.#replica;
  }

  /** Whether the person keeps this device off the network. */
  get workOffline(): Pick<Observable<boolean>, 'get' | 'subscribe'> {
    return this.#workOffline;
  }

  /** Stops everything that reaches for the server, or goes on with it. */
  setWorkOffline(on: boolean): void {
    this.#workOffline.set(on);
    if (on) this.#stopLoops();
    else if (this.#stopped === null) this.#startLoops();
    this.#updateConnection();
    this.syncNow();
  }

  /** Begins, or goes on after the person signed in again. */
  start(): void {
    if (this.#stopped === null || this.#stopped === 'closed') return;
    if (this.#stopped === 'not-started') this.#session.resumeStage();
    this.#stopped = null;
    if (!this.#workOffline.get()) this.#startLoops();
    this.#replica.onPending = () => this.#push.request();
    this.#updateConnection();
    this.syncNow();
  }

  /** Leaves the server to another tab until `start`. What it says about the connection is that tab's affair. */
  rest(): void {
    if (this.#stopped === 'closed') return;
    this.#stopped = 'not-started';
    this.#stopLoops();
    this.#session.dropStage();
    this.#replica.onPending = () => {};
  }

  /** Ends for good; the replica keeps working on its own. */
  stop(): void {
    this.#halt('closed');
    this.#replica.onPending = () => {};
  }

  /** The person came back to the page, or asked for it. */
  syncNow(): void {
    if (this.#stopped === null && !this.#workOffline.get()) this.#wake();
  }

  /** What the browser believes about the network. */
  setOnline(online: boolean): void {
    this.#online = online;
    this.#updateConnection();
    if (online) this.syncNow();
  }

  #wake(): void {
    this.#push.requestNow();
    this.#pull.requestNow();
    if (this.#live && !this.#events.busy) this.#events.requestNow();
    this.#schedulePoll();
  }

  #schedulePoll(): void {
    this.#cancelPoll();
    this.#cancelPoll = this.#environment.setTimer(POLL_MS, () => {
      this.#pull.request();
      this.#schedulePoll();
    });
  }

  #halt(reason: 'signed-out' | 'update-needed' | 'closed'): void {
    this.#stopped = reason;
    this.#stopLoops();
    this.#updateConnection();
  }

  #startLoops(): void {
    for (const loop of [this.#push, this.#pull, this.#events]) loop.start();
  }

  #stopLoops(): void {
    this.#cancelPoll();
    for (const loop of [this.#push, this.#pull, this.#events]) loop.stop();
  }

  async #pushAll(signal: AbortSignal): Promise<void> {
    for (let stops = 0; ; ) {
      if (this.#replica.outbox.hasTakenNumbers) {
        // Its answer numbers anew, once it is known what the server still has.
        this.#pull.request();
        return;
      }
      // One that failed is sent alone, to find out whether it is the cause.
      const request = this.#session.pushRequest(this.#failed.times > 0 ? 1 : PUSH_MAX);
      if (!request || signal.aborted) return;
      const [first] = request.muts;
      try {
        const response = await this.#call((timeout) => this.#transport.push(request, timeout), signal);
        if (signal.aborted) return;
        this.#failed.times = 0;
        const stop = this.#session.receivePush(request, response);
        if (response.results.length > 0) this.#pull.request();
        if (stop && ++stops > ANSWERS_MAX) throw unavailable('The server does not take our changes.');
        if (stop && !this.#goesOnAfter(stop, response.retryAfterMs)) return;
      } catch (error) {
        if (!signal.aborted && first) this.#countFailure(error, first.uid);
        throw error;
      }
    }
  }

  /** Whether to ask again at once. Throws where it is better to wait. */
  #goesOnAfter(stop: StopReason, retryAfterMs = 0): boolean {
    switch (stop) {
      case 'gap':
      case 'forked':
      case 'wrong_user':
        return true;
      case 'client_too_old':
        this.#halt('update-needed');
        return false;
      case 'epoch':
        this.#pull.request();
        throw unavailable('The server begins a new history.');
      case 'server_too_old':
        throw unavailable('The server is being updated.');
      case 'retry':
        throw unavailable('The server asks to wait.', retryAfterMs);
    }
  }

  #countFailure(error: unknown, uid: string): void {
    if (!(error instanceof DomainError) || error.code !== 'internal') return;
    if (this.#failed.uid !== uid) Object.assign(this.#failed, { uid, times: 0 });
    this.#failed.times++;
    if (this.#failed.times < POISON_AFTER) return;
    this.#failed.times = 0;
    this.#session.giveUp(uid);
  }

  async #pullAll(signal: AbortSignal): Promise<void> {
    for (let answers = 0; ; answers++) {
      if (answers > ANSWERS_MAX) throw unavailable('The server does not come to an end.');
      await this.#fetchPages(signal);
      const ticket = this.#session.startPull();
      if (!ticket || signal.aborted) return;
      const response = await this.#call((timeout) => this.#transport.pull(ticket.request, timeout), signal);
      if (signal.aborted) return;
      const outcome = this.#session.receivePull(ticket, response);
      if (this.#replica.outbox.unanswered.length > 0) this.#push.request();
      if (outcome === 'applied') return;
      if (outcome === 'again' || outcome === 'staged' || outcome === 'ignored') continue;
      if (!this.#goesOnAfter(outcome)) return;
    }
  }

  async #fetchPages(signal: AbortSignal): Promise<void> {
    const { stage } = this.#session;
    const waiting = stage.filter((scope) => !scope.done);
    const fetchNext = async (): Promise<void> => {
      for (let scope = waiting.shift(); scope; scope = waiting.shift()) await this.#fetchScope(scope, signal);
    };
    try {
      await Promise.all(Array.from({ length: Math.min(PAGES_AT_ONCE, waiting.length) }, fetchNext));
    } catch (error) {
      if (!(error instanceof DomainError) || !['not_found', 'forbidden', 'conflict'].includes(error.code)) throw error;
      // The scope was taken away meanwhile: the next pull says so.
      this.#session.dropStage();
    }
  }

  async #fetchScope(scope: ScopeStage, signal: AbortSignal): Promise<void> {
    while (!scope.done && !signal.aborted && this.#session.stage.includes(scope)) {
      const query = scope.query();
      const page = await this.#call((timeout) => this.#transport.page(query, timeout), signal);
      if (!signal.aborted) this.#session.receivePage(scope, query, page);
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const { clock, random, setTimer } = this.#environment;
    const stream = new AbortController();
    const end = (): void => stream.abort();
    signal.addEventListener('abort', end);
    const opened = clock();
    let cancelSilence = setTimer(SILENCE_MS, end);
    let comeBackIn: number | null = null;
    let quiet = true;
    const receive = (event: SyncEvent): void => {
      cancelSilence();
      if (stream.signal.aborted) return;
      cancelSilence = setTimer(SILENCE_MS, end);
      // The first one says that the stream is open; before that, nobody listened.
      if (quiet || event.type === 'poke') this.#pull.request();
      quiet = false;
      if (event.type === 'bye') comeBackIn = event.inMs;
    };
    try {
      await this.#transport.events(receive, stream.signal);
    } catch (error) {
      if (!stream.signal.aborted || signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', end);
      cancelSilence();
    }
    if (signal.aborted) return;
    if (comeBackIn === null && clock() - opened < SHORT_STREAM_MS) {
      throw unavailable('The stream of events ended at once.');
    }
    this.#events.requestAfter(Math.max(comeBackIn ?? 0, random() * 1_000));
  }

  #call<T>(send: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    return inTime(send, signal, this.#environment.setTimer);
  }

  #afterFailure(error: unknown): boolean {
    if (error instanceof DomainError && error.code === 'unauthenticated') {
      this.#halt('signed-out');
      return false;
    }
    if (!(error instanceof DomainError)) this.#report({ kind: 'unexpected', detail: String(error), error });
    // The loop counts the failure after this answer.
    queueMicrotask(() => this.#updateConnection());
    return this.#stopped === null;
  }

  #updateConnection(): void {
    this.#replica.connection.set(this.#connection());
  }

  #connection(): Connection {
    if (this.halted) return this.halted;
    if (this.#workOffline.get()) return 'paused';
    if (!this.#online) return 'offline';
    return this.#push.failing || this.#pull.failing ? 'reconnecting' : 'online';
  }
}
