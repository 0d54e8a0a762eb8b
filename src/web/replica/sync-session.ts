import {
  APP_VERSION,
  type AppVersion,
  type Cursor,
  type PageQuery,
  type PageResponse,
  type PullRequest,
  type PullResponse,
  PUSH_MAX,
  type PushRequest,
  type PushResponse,
  type ScopeDelta,
  type ScopeReset,
  type StopReason,
} from '#core/sync/protocol.ts';
import type { Replica } from './replica.ts';
import { ScopeStage } from './scope-stage.ts';

/** A pull on its way. Exactly one answer is accepted for it. */
export interface PullTicket {
  readonly id: number;
  readonly clientId: string;
  readonly request: PullRequest;
  /** Results up to this number had arrived before: a server that now knows fewer went back in time. */
  readonly answered: number;
  /** The finished scopes that the answer completes. */
  readonly staged: readonly ScopeStage[];
}

/**
 * What came of an answer: `again` asks for another request right away, `staged` for the pages of
 * `session.stage`, `ignored` means that it belonged to a request given up earlier.
 */
export type PullOutcome = 'applied' | 'staged' | 'again' | 'ignored' | StopReason;

/** Characters of one push. The server takes a megabyte, and a character has up to three bytes. */
const PUSH_SIZE_MAX = 300_000;
/** No server is ever there, so that it answers with a reset. */
const UNKNOWN_CURSOR: Cursor = { ver: Number.MAX_SAFE_INTEGER, tag: 0 };
/** Resets of one scope for a wrong checksum; a fault that comes back each time must not load the server for ever. */
const REPAIRS_MAX = 3;

/** Something that should never happen; the app decides where to report it. */
export interface SyncFault {
  readonly kind: 'checksum' | 'poison' | 'unexpected';
  readonly detail: string;
  readonly error?: unknown;
}

/**
 * The device's side of the protocol of docs/sync.md: what to send next and what an answer changes.
 * It knows neither network nor time; `SyncClient` does.
 */
export class SyncSession {
  readonly #replica: Replica;
  readonly #report: (fault: SyncFault) => void;
  readonly #suspect = new Set<string>();
  readonly #repairs = new Map<string, number>();
  #pullId = 0;
  #stage: readonly ScopeStage[] = [];

  constructor(replica: Replica, report: (fault: SyncFault) => void) {
    this.#replica = replica;
    this.#report = report;
  }

  /** Goes on with the pages that are kept, if they are still good for the rows that this device now has. */
  resumeStage(): void {
    this.#stage = ScopeStage.resume(this.#replica.base.keptPages);
  }

  /** Scopes that are being fetched anew, in the order in which people miss them. */
  get stage(): readonly ScopeStage[] {
    return this.#stage;
  }

  /** The oldest mutations that have no result yet, or null. Ends before a number whose mutation was refused. */
  pushRequest(limit = PUSH_MAX): PushRequest | null {
    const waiting = this.#replica.outbox.unanswered.slice(0, limit);
    const first = waiting[0]?.seq ?? 0;
    let size = 0;
    const muts = waiting.filter((mutation, i) => {
      size += JSON.stringify(mutation).length;
      return mutation.seq === first + i && (i === 0 || size <= PUSH_SIZE_MAX);
    });
    return muts.length > 0 ? { ...this.#envelope(), muts } : null;
  }

  receivePush(request: PushRequest, response: PushResponse): StopReason | null {
    const { outbox } = this.#replica;
    if (request.clientId !== outbox.state.clientId) return null;
    if (this.#isOtherServer(response)) return 'epoch';
    this.settleResults(request, response);
    if (response.stop === 'gap') this.heal(response.last);
    if (response.stop === 'forked' || response.stop === 'wrong_user') this.renumber();
    return response.stop ?? null;
  }

  /** Null while pages are missing. Asking anew gives up the request before. */
  startPull(): PullTicket | null {
    if (this.#stage.some((scope) => !scope.done)) return null;
    const cur: Record<string, Cursor> = Object.fromEntries(this.#replica.base.cursors);
    for (const scope of this.#suspect) if (cur[scope]) cur[scope] = UNKNOWN_CURSOR;
    for (const { s, target, view, hi } of this.#stage) cur[s] = { ...target, view, ...(hi && { hi }) };
    const { outbox, base } = this.#replica;
    const request = { ...this.#envelope(), last: base.last, cur };
    const { clientId } = outbox.state;
    return { id: ++this.#pullId, clientId, request, answered: outbox.answered, staged: this.#stage };
  }

  receivePull(ticket: PullTicket, response: PullResponse): PullOutcome {
    if (!this.accepts(ticket)) return 'ignored';
    this.#pullId++;
    if (this.#isOtherServer(response)) return this.adoptServer(response);
    const forked = response.stop === 'forked' || response.stop === 'wrong_user';
    if (response.stop && !forked) return response.stop;
    // Before anything is numbered anew: that forgets what has left the queue, and with it what the server lost.
    if (!forked && response.last < Math.max(this.#replica.base.last, ticket.answered)) {
      this.heal(response.last);
      return 'again';
    }
    if (forked || this.#replica.outbox.hasTakenNumbers || this.isForked(response)) {
      this.renumber();
      return 'again';
    }
    this.#replica.base.identity = { instance: response.instance, epoch: response.epoch };
    const resets = response.scopes.filter((scope) => 'reset' in scope);
    if (resets.length > 0) return this.#startStage(ticket.staged, resets);
    return this.#apply(ticket, response);
  }

  receivePage(scope: ScopeStage, query: PageQuery, page: PageResponse): void {
    if (!this.#stage.includes(scope)) return;
    const kept = scope.receive(query, page);
    if (kept) this.#replica.base.keepPage(kept);
    const total = this.#stage.reduce((sum, { count }) => sum + count, 0);
    const received = this.#stage.reduce((sum, each) => sum + each.received, 0);
    this.#replica.progress.set({ received, total: Math.max(total, received) });
  }

  /** A page was refused, so the scope is gone or its history is another one: begin with a new pull. */
  dropStage(): void {
    this.#replica.base.dropPages(this.#stage.map(({ s }) => s));
    this.#stage = [];
    this.#pullId++;
    this.#replica.progress.set(null);
  }

  /** The server fails on this mutation each time; it must not hold up those behind it. */
  giveUp(uid: string): void {
    this.#report({ kind: 'poison', detail: uid });
    this.#replica.rebase(() => {
      this.#replica.outbox.reject(uid, 'internal', 'The server failed on this change several times.');
    });
    // Its number stays empty, and numbers must be contiguous.
    this.renumber();
  }

  protected accepts(ticket: PullTicket): boolean {
    return ticket.id === this.#pullId && ticket.clientId === this.#replica.outbox.state.clientId;
  }

  protected settleResults(request: PushRequest, { results }: PushResponse): void {
    const { outbox } = this.#replica;
    const refused = results.filter(({ status }) => status === 'rejected');
    const uids = new Map(request.muts.map(({ seq, uid }) => [seq, uid]));
    if (refused.length > 0) {
      this.#replica.rebase(() => {
        for (const { seq, code, detail } of refused) {
          outbox.reject(uids.get(seq) ?? '', code ?? 'internal', detail ?? '');
        }
      });
    }
    for (const { seq, also } of results) {
      const mutation = also && request.muts.find((each) => each.seq === seq);
      if (mutation) this.#replica.onOverlap(mutation, also);
    }
    // Never from `last`: what was lost on the way would count as sent.
    for (const { seq } of results) outbox.answered = Math.max(outbox.answered, seq);
  }

  /** Somebody else goes on with our queue: a copy of this profile, or a server that lost its end. */
  protected isForked({ last, lastUid }: PullResponse): boolean {
    if (last === 0) return false;
    const { numbered, state } = this.#replica.outbox;
    const { sent, next } = state;
    const own = [...sent, ...numbered].find(({ seq }) => seq === last);
    return own ? own.uid !== lastUid : last >= next;
  }

  /** Sends again what the server forgot when it went back in time. */
  protected heal(last: number): void {
    const { base, outbox } = this.#replica;
    let complete = true;
    this.#replica.rebase(() => {
      // Queue first: if power is lost between the two, the acknowledged point is still the sign to heal.
      complete = outbox.reinstate(last);
      base.forgetAfter(last);
    });
    this.dropStage();
    if (!complete) this.renumber();
  }

  protected renumber(): void {
    this.#replica.rebase(() => {
      // Rows first: an acknowledged point of the old numbers would retire mutations of the new ones.
      this.#replica.base.forgetAfter(0);
      this.#replica.outbox.renumber(this.#replica.newId());
    });
    this.dropStage();
  }

  /**
   * The operator restored a backup and gave up what came after it: the server's state wins. What it had not
   * confirmed is kept for the person to decide about.
   */
  protected adoptServer({ instance, epoch }: PullResponse): 'again' {
    const { base, outbox } = this.#replica;
    this.#replica.rebase(() => {
      base.clear();
      base.identity = { instance, epoch };
      for (const { uid } of outbox.state.pending) {
        outbox.reject(uid, 'conflict', 'The server was set back before this change reached it.');
      }
    });
    this.renumber();
    return 'again';
  }

  #isOtherServer({ instance, epoch }: { instance: string; epoch: string }): boolean {
    const known = this.#replica.base.identity;
    return known !== null && (known.instance !== instance || known.epoch !== epoch);
  }

  #startStage(kept: readonly ScopeStage[], resets: readonly ScopeReset[]): 'staged' {
    const anew = new Set(resets.map(({ s }) => s));
    this.#replica.base.dropPages([...anew]);
    const stage = [...kept.filter(({ s }) => !anew.has(s)), ...resets.map((reset) => new ScopeStage(reset))];
    this.#stage = stage.sort((a, b) => (a.s[0] === b.s[0] ? a.count - b.count : a.s[0] === 'u' ? -1 : 1));
    return 'staged';
  }

  #apply({ staged }: PullTicket, response: PullResponse): 'applied' | 'again' {
    this.#stage = [];
    this.#replica.progress.set(null);
    for (const { s } of staged) this.#suspect.delete(s);
    const scopes = response.scopes as ScopeDelta[];
    const broken = this.#replica.applyPull(
      { gone: response.gone, staged, scopes, last: response.last },
      response.rejected,
    );
    const repairable = broken.filter((scope) => (this.#repairs.get(scope) ?? 0) < REPAIRS_MAX);
    for (const scope of broken) this.#report({ kind: 'checksum', detail: scope });
    for (const scope of repairable) {
      this.#repairs.set(scope, (this.#repairs.get(scope) ?? 0) + 1);
      this.#suspect.add(scope);
    }
    return repairable.length > 0 ? 'again' : 'applied';
  }

  protected get version(): AppVersion {
    return APP_VERSION;
  }

  #envelope() {
    const { protocol, schema } = this.version;
    const { instance, epoch } = this.#replica.base.identity ?? { instance: null, epoch: null };
    return { v: protocol, schema, instance, epoch, clientId: this.#replica.outbox.state.clientId };
  }
}
