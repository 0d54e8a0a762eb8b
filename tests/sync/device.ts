import type { AccountCard } from '#core/actor.ts';
import { KINDS, type Row, scopeOf } from '#core/rows.ts';
import {
  editionOf,
  type PullRequest,
  type PullResponse,
  type PushRequest,
  type PushResponse,
} from '#core/sync/protocol.ts';
import { deepEqual } from '#core/mutation/deep-equal.ts';
import type { Replica, ReplicaOptions } from '#web/replica/replica.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import { type PullOutcome, type PullTicket, type SyncFault, SyncSession } from '#web/replica/sync-session.ts';
import type { SyncEnvironment } from '#web/replica/sync-transport.ts';
import { type DeviceStorage, PowerLoss } from '#tests/support/device-storage.ts';
import { type Release, unknownRow } from './releases.ts';
import type { Network, Sender } from './network.ts';
import { Violation } from './violation.ts';

/** What one account did on one device, to be held against the server at the end. */
export class Ledger {
  readonly made = new Set<string>();
  readonly acknowledged = new Set<string>();

  /** The device lost its memory: what it had not sent is honestly lost, and what it had sent it cannot send again. */
  forget(): void {
    this.made.clear();
    this.acknowledged.clear();
  }
}

/** What the server held for a person, and of a device's queue, at the instant of a pull. */
export interface Snapshot {
  readonly rows: ReadonlyMap<string, Row>;
  readonly last: number;
}

export type Snapshots = WeakMap<PullResponse, Snapshot>;

export interface RunOptions {
  readonly account: AccountCard;
  readonly storage: DeviceStorage;
  readonly ledger: Ledger;
  readonly network: Network;
  readonly environment: SyncEnvironment;
  readonly random: ReplicaOptions['random'];
  readonly snapshots: Snapshots;
  readonly onViolation: (violation: Violation) => void;
  readonly classes: RunClasses;
  readonly release: Release;
}

/** The product's classes, or faulty ones. */
export interface RunClasses {
  readonly replica: typeof Replica;
  readonly session: typeof WatchedSession;
}

/** The session of the product, with every invariant checked after every apply. */
export class WatchedSession extends SyncSession {
  readonly run: DeviceRun;
  readonly #tickets = new WeakMap<PullRequest, PullTicket>();

  constructor(run: DeviceRun, report: (fault: SyncFault) => void) {
    super(run.replica, report);
    this.run = run;
  }

  protected override get version() {
    return this.run.release.version;
  }

  override startPull(): PullTicket | null {
    const ticket = super.startPull();
    if (ticket) this.#tickets.set(ticket.request, ticket);
    return ticket;
  }

  override receivePush(request: PushRequest, response: PushResponse) {
    for (const { seq, status } of response.results) {
      const uid = request.muts.find((mutation) => mutation.seq === seq)?.uid;
      if (uid && status !== 'rejected') this.run.ledger.acknowledged.add(uid);
    }
    const before = this.run.visible();
    const stop = this.#guard(() => super.receivePush(request, response));
    const accepted = response.results.every(({ status }) => status !== 'rejected');
    if (accepted && !stop) this.#guard(() => this.run.checkUnmoved(before));
    return stop;
  }

  override receivePull(ticket: PullTicket, response: PullResponse): PullOutcome {
    const before = this.run.pendingUids();
    const outcome = this.#guard(() => super.receivePull(ticket, response));
    if (outcome === 'applied') this.#guard(() => this.run.checkApplied(response));
    const waiting = new Set(this.run.pendingUids());
    const refused = new Set(this.run.replica.rejected.get().map(({ uid }) => uid));
    if (outcome !== 'applied') return outcome;
    for (const uid of before) if (!waiting.has(uid) && !refused.has(uid)) this.run.ledger.acknowledged.add(uid);
    return outcome;
  }

  receiveLate(request: PullRequest, response: PullResponse): void {
    const ticket = this.#tickets.get(request);
    if (ticket) this.receivePull(ticket, response);
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.run.notice(error);
      throw error;
    }
  }
}

/** A device from its start to its end, in the hands of one person. */
export class DeviceRun implements Sender {
  readonly userId: string;
  readonly replica: Replica;
  readonly client: SyncClient;
  readonly session: WatchedSession;
  readonly ledger: Ledger;
  readonly release: Release;
  /** It lost power in the middle of an apply. */
  dead = false;
  readonly #options: RunOptions;

  constructor(options: RunOptions) {
    const { account, storage, network, environment, random, classes } = options;
    this.#options = options;
    this.userId = account.userId;
    this.ledger = options.ledger;
    this.release = options.release;
    const { clock } = environment;
    const { replica: OfRelease = classes.replica, findMutator } = this.release;
    const { outbox, cache } = storage;
    storage.openedBy(editionOf(this.release.version));
    this.replica = new OfRelease({ account, clock, random, outbox, cache, findMutator });
    const report = (fault: SyncFault): void =>
      this.notice(fault.error ?? new Violation(`${fault.kind}: ${fault.detail}`));
    this.session = new classes.session(this, report);
    const { replica, session } = this;
    this.client = new SyncClient({ replica, session, transport: network.transport(this), environment, report });
    this.client.start();
  }

  stop(): void {
    this.client.stop();
    this.#options.network.forget(this);
  }

  pendingUids(): string[] {
    return this.replica.outbox.state.pending.map(({ uid }) => uid);
  }

  receiveLate(request: PullRequest, response: PullResponse): void {
    try {
      this.session.receiveLate(request, response);
    } catch (error) {
      this.notice(error);
    }
  }

  /** Errors inside the sync client end up in its retries; here they must come out. */
  notice(error: unknown): void {
    if (error instanceof PowerLoss) this.dead = true;
    else if (error instanceof Violation) this.#options.onViolation(error);
    else this.#options.onViolation(new Violation(`unexpected: ${String(error)}`, { cause: error }));
  }

  visible(): ReadonlyMap<string, Row> {
    return new Map(KINDS.flatMap((kind) => [...this.replica.all(kind)].map(([id, row]) => [`${kind} ${id}`, row])));
  }

  /** What the server accepted stays in view until the pull brings it: an own write never flickers. */
  checkUnmoved(before: ReadonlyMap<string, Row>): void {
    const after = this.visible();
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(key) !== after.get(key)) throw new Violation(`${key} flickered when its change was accepted`);
    }
  }

  /** After an apply the rows beneath the optimistic ones are exactly the server's, as of the pull. */
  checkApplied(response: PullResponse): void {
    const expected = this.#options.snapshots.get(response);
    if (!expected) return;
    this.checkRows(expected.rows);
    const { last } = this.replica.base;
    if (last > expected.last) throw new Violation(`mutation ${last} counts as contained in rows that are older`);
  }

  checkRows(expected: ReadonlyMap<string, Row>): void {
    const { base } = this.replica;
    const keys = new Set(expected.keys());
    for (const kind of KINDS) for (const id of this.replica.all(kind).keys()) keys.add(`${kind} ${id}`);
    for (const key of keys) {
      const [kind, id] = key.split(' ') as [(typeof KINDS)[number], string];
      const row = this.replica.baseRow(kind, id) ?? unknownRow(base, key);
      if (!deepEqual(row ?? null, expected.get(key) ?? null)) {
        throw new Violation(
          `${key} is ${describe(row)} on the device and ${describe(expected.get(key))} on the server`,
        );
      }
      if (row && !base.cursors.has(scopeOf(kind, row))) throw new Violation(`${key} is outside the held scopes`);
    }
  }
}

function describe(row: Row | undefined): string {
  return row ? JSON.stringify(row) : 'absent';
}
