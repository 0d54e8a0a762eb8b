import type { AccountCard } from '#core/actor.ts';
import { must } from '#core/errors.ts';
import { uuidv7 } from '#core/ids.ts';
import { deepEqual } from '#core/mutation/deep-equal.ts';
import type { KeptCache } from '#web/replica/storage/cache-disk.ts';
import { countingRandom } from '#tests/support/replica-fixture.ts';
import { Browser, disk, PRODUCT, type Tab, type TabClasses } from './browser.ts';
import { EDITS } from './edits.ts';
import { checkAppliedOnce } from './final-check.ts';
import { Network } from './network.ts';

import { type Backup, type TestServer, USERS } from './test-server.ts';
import type { TabStep } from './tab-steps.ts';
import { settleMicrotasks, type VirtualTime } from './virtual-time.ts';
import { Violation } from './violation.ts';

const ANA: AccountCard = { userId: USERS.ana, username: 'ana', displayName: 'Ana', instanceRole: 'user', active: true };
const TABS_MAX = 3;

/** Two browsers with some tabs each, one server. The second browser is at home, on plain http: it has no locks. */
export class TabWorld {
  readonly #server: TestServer;
  readonly #time: VirtualTime;
  readonly #network: Network;
  readonly #browsers: readonly Browser[];
  readonly #made = new Set<string>();
  #backup: Backup | null = null;
  #fault: string | null = null;
  #wasRestored = false;
  /** The versions of scopes that were found on a disk, by browser and scope. */
  readonly #seen = new Map<string, number>();
  /** Numbers were guessed, perhaps. */
  #wasFull = false;

  /** `run` names the databases; nothing else depends on it. */
  constructor(server: TestServer, time: VirtualTime, run: number, classes: TabClasses = PRODUCT) {
    this.#server = server;
    this.#time = time;
    this.#network = new Network(server);
    const random = countingRandom();
    let chance = 1;
    const environment = time.environment(0, () => {
      chance = (chance * 16_807) % 2_147_483_647;
      return chance / 2_147_483_647;
    });
    this.#browsers = [true, false].map(
      (hasLocks, i) =>
        new Browser({
          profile: `run-${run}-${i}`,
          account: ANA,
          network: this.#network,
          environment,
          random,
          newId: () => uuidv7(time.now, random),
          hasLocks,
          onFault: (fault) => (this.#fault ??= fault),
          classes,
        }),
    );
  }

  /** What a browser that was used before keeps. */
  async firstSync(): Promise<KeptCache> {
    const [browser] = this.#browsers as readonly [Browser];
    try {
      await browser.open();
      await this.#quiesce();
      return must((await browser.disks()).cache, 'a first synchronisation leaves rows');
    } finally {
      for (const each of this.#browsers) await each.dispose();
    }
  }

  /** Some browsers were never used before: then the first synchronisation is part of the history. */
  async play(history: readonly TabStep[], known: KeptCache): Promise<void> {
    try {
      disk.full = false;
      for (const [i, browser] of this.#browsers.entries()) {
        if ((history.length + i) % 4 !== 0) await browser.remember(known);
      }
      for (const browser of this.#browsers) await browser.open();
      for (const step of history) {
        await this.#step(step);
        if (this.#fault) throw new Violation(this.#fault);
      }
      await this.#quiesce();
      await this.#check();
    } finally {
      for (const browser of this.#browsers) await browser.dispose();
    }
  }

  get #tabs(): Tab[] {
    return this.#browsers.flatMap((browser) => [...browser.tabs]);
  }

  async #step(step: TabStep): Promise<void> {
    const chosen = 'tab' in step ? this.#tabs[step.tab % Math.max(1, this.#tabs.length)] : undefined;
    switch (step.do) {
      case 'open': {
        const browser = this.#browsers[step.browser];
        // Where the disk is full at the start a page keeps nothing, and tells so.
        if (browser && browser.tabs.size < TABS_MAX && !disk.full) await browser.open();
        return;
      }
      case 'close':
        if (chosen && !chosen.frozen) await chosen.close();
        return;
      case 'kill':
        chosen?.kill();
        await this.#checkDisks();
        return;
      case 'freeze':
        chosen?.freeze();
        return;
      case 'thaw':
        await this.#checkDisks();
        chosen?.thaw();
        return;
      case 'oversleep':
        if (chosen && !chosen.frozen) await this.#oversleep(chosen);
        return;
      case 'sync':
        if (chosen && !chosen.frozen) chosen.client.syncNow();
        return;
      case 'poke':
        if (chosen) this.#network.poke(chosen);
        return;
      case 'deliver':
        await this.#network.deliver(step.message);
        return;
      case 'lose':
        await this.#network.drop(step.message, { noticed: step.message % 2 === 0 });
        return;
      case 'wait':
        await this.#time.advance(step.ms);
        return;
      case 'write':
        await this.#writeDisks();
        return;
      case 'backup':
        this.#backup = await this.#server.backup();
        return;
      case 'restore':
        if (this.#backup) await this.#server.restore(this.#backup);
        this.#wasRestored = true;
        return;
      case 'disk-full':
      case 'disk-free':
        disk.full = step.do === 'disk-full';
        this.#wasFull ||= disk.full;
        return;
      default:
        if (chosen && !chosen.frozen) this.#edit(chosen, step);
    }
  }

  #edit(chosen: Tab, { do: edit, pick, to }: Extract<TabStep, { pick: number }>): void {
    const before = new Set(chosen.replica.outbox.state.pending.map(({ uid }) => uid));
    EDITS[edit](chosen.replica, { pick, to });
    for (const { uid } of chosen.replica.outbox.state.pending) if (!before.has(uid)) this.#made.add(uid);
  }

  /** The server has answered, the answer finds the tab asleep, and others lead before it wakes. */
  async #oversleep(sleeper: Tab): Promise<void> {
    sleeper.client.syncNow();
    await settleMicrotasks();
    await this.#network.flow(sleeper, 1);
    sleeper.freeze();
    await this.#time.advance(20_000);
    await this.#network.flowOthers(sleeper, 12);
    await this.#writeDisks();
    await this.#network.flow(sleeper, 1);
    await this.#writeDisks();
    await this.#checkDisks();
    sleeper.thaw();
  }

  async #writeDisks(): Promise<void> {
    for (let i = 0; i < 4; i++) {
      await settleMicrotasks();
      await Promise.all(this.#tabs.map((each) => each.storage.flushed()));
    }
  }

  async #quiesce(): Promise<void> {
    disk.full = false;
    for (const each of this.#tabs) each.thaw();
    for (const browser of this.#browsers) if (browser.tabs.size === 0) await browser.open();
    let quiet = 0;
    for (let round = 0; quiet < 3; round++) {
      if (round > 60) throw new Violation(`it does not come to an end: ${this.#describe()}`);
      await this.#writeDisks();
      await this.#network.deliverAll();
      await this.#writeDisks();
      for (const each of this.#tabs) if (each.leads) each.client.syncNow();
      await settleMicrotasks();
      await this.#network.deliverAll();
      await this.#time.advance(7_000);
      const waiting = this.#tabs.some(
        ({ replica, leads, client }) =>
          replica.outbox.state.pending.length > 0 || (leads && (!client.idle || replica.connection.get() !== 'online')),
      );
      const led = this.#browsers.every((browser) => [...browser.tabs].some(({ leads }) => leads));
      quiet = waiting || !led || this.#network.size > 0 ? 0 : quiet + 1;
      if (this.#fault) throw new Violation(this.#fault);
    }
    await this.#writeDisks();
  }

  async #check(): Promise<void> {
    const expected = await this.#server.visibleRows(USERS.ana);
    for (const browser of this.#browsers) {
      if ([...browser.tabs].filter((each) => each.leads).length !== 1) throw new Violation('not one tab leads');
    }
    for (const each of this.#tabs) {
      const shown = each.visible();
      for (const key of new Set([...expected.keys(), ...shown.keys()])) {
        if (!deepEqual(shown.get(key) ?? null, expected.get(key) ?? null)) {
          throw new Violation(`${key} is ${JSON.stringify(shown.get(key))} in a tab: ${this.#describe()}`);
        }
      }
    }
    for (const browser of this.#browsers) {
      const { outbox, cache } = await browser.disks();
      // The others leave the queue at the next start.
      const waiting = outbox.pending.filter(({ seq }) => seq > (cache?.state.last ?? 0));
      if (waiting.length > 0) throw new Violation(`${waiting.length} kept mutations never arrived`);
      const rows = Object.fromEntries((cache?.rows ?? []).map(({ kind, id, row }) => [`${kind} ${id}`, row]));
      if (!deepEqual(rows, Object.fromEntries(expected)))
        throw new Violation('the disk does not hold what the server has');
    }
    await this.#checkDisks();
    await this.#checkIntents();
    await checkAppliedOnce(this.#server, await this.#server.stored.listMutations());
  }

  /** Whatever ends now, ends with rows that contain what has left the queue: an own change never goes out of view. */
  async #checkDisks(): Promise<void> {
    if (this.#wasFull) return;
    for (const browser of this.#browsers) {
      const { outbox, cache } = await browser.disks();
      this.#checkForward(browser.options.profile, cache);
      const refused = new Set(outbox.rejected.map(({ uid }) => uid));
      const last = cache?.state.last ?? 0;
      // While a queue is numbered anew the rows know nothing of numbers.
      if (last === 0) continue;
      const early = outbox.sent.find(({ seq, uid }) => seq > last && !refused.has(uid));
      if (early) throw new Violation(`${early.uid} has left the queue before the kept rows contain it`);
    }
  }

  /** What is kept becomes newer and never older, unless the server does. */
  #checkForward(profile: string, cache: KeptCache | null): void {
    if (this.#wasRestored) return;
    for (const [scope, { ver }] of cache?.state.cursors ?? []) {
      const key = `${profile} ${scope}`;
      if (ver < (this.#seen.get(key) ?? 0)) throw new Violation(`${scope} on the disk went back to version ${ver}`);
      this.#seen.set(key, ver);
    }
  }

  /** Whatever was kept was carried out, or its author can read in every tab that it was not. */
  async #checkIntents(): Promise<void> {
    const stored = new Map((await this.#server.stored.listMutations()).map((each) => [each.uid, each]));
    const lost = new Set(this.#browsers.flatMap((browser) => [...browser.neverKept]));
    const refused = new Set(this.#tabs.flatMap((each) => each.replica.rejected.get().map(({ uid }) => uid)));
    for (const uid of this.#made) {
      const mutation = stored.get(uid);
      if (refused.has(uid)) continue;
      if (!mutation && !lost.has(uid)) throw new Violation(`the mutation ${uid} vanished`);
      if (mutation?.status === 'rejected') throw new Violation(`nobody was told that ${uid} was refused`);
    }
  }

  #describe(): string {
    return `${this.#network.describe()} ${JSON.stringify(
      this.#tabs.map((each) => ({
        leads: each.leads,
        commits: each.storage.commits,
        scopes: each.replica.base.cursors.size,
        pending: each.replica.outbox.state.pending.length,
        numbered: each.replica.outbox.numbered.map(({ seq, uid }) => `${seq} ${uid.slice(-5)}`).join(),
        last: each.replica.base.last,
        next: each.replica.outbox.state.next,
        client: each.replica.outbox.state.clientId.slice(-5),
        sent: each.replica.outbox.state.sent.map(({ seq, uid }) => `${seq} ${uid.slice(-5)}`).join(),
        rejected: each.replica.outbox.state.rejected.length,
        unanswered: each.replica.outbox.unanswered.length,
        connection: each.replica.connection.get(),
      })),
    )}`;
  }
}
