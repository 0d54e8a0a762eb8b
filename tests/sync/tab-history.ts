import fc from 'fast-check';
import type { AccountCard } from '#core/actor.ts';
import { uuidv7 } from '#core/ids.ts';
import { deepEqual } from '#core/mutation/deep-equal.ts';
import { countingRandom } from '#tests/support/replica-fixture.ts';
import { Browser, disk, type Tab } from './browser.ts';
import { EDITS } from './edits.ts';
import { checkAppliedOnce } from './final-check.ts';
import { Network } from './network.ts';

import { type Backup, type TestServer, USERS } from './test-server.ts';
import { settleMicrotasks, type VirtualTime } from './virtual-time.ts';
import { Violation } from './violation.ts';

/** One thing that happens to the tabs of two browsers of one person. */
export type TabStep =
  | {
      readonly do: 'edit';
      readonly edit: keyof typeof EDITS;
      readonly tab: number;
      readonly pick: number;
      readonly to: number;
    }
  | { readonly do: 'open'; readonly browser: number }
  | { readonly do: 'close' | 'kill' | 'freeze' | 'thaw' | 'sync' | 'poke'; readonly tab: number }
  | { readonly do: 'deliver' | 'lose'; readonly message: number }
  | { readonly do: 'wait'; readonly ms: number }
  /** Gives disks time without moving the clock. */
  | { readonly do: 'write' }
  | { readonly do: 'backup' | 'restore' | 'disk-full' | 'disk-free' };

const tab = fc.nat(5);
const any = fc.nat(15);

export function arbitraryTabHistory(length: number): fc.Arbitrary<readonly TabStep[]> {
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('edit'),
        edit: fc.constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])),
        tab,
        pick: any,
        to: any,
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('open'), browser: fc.nat(1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('close', 'kill', 'kill', 'freeze', 'thaw'), tab }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('sync', 'poke'), tab }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver'), message: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('lose'), message: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(500, 6_000, 20_000, 70_000) }) },
    { weight: 4, arbitrary: fc.constant({ do: 'write' }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('backup', 'restore', 'disk-full', 'disk-free', 'disk-free') }),
    },
  );
  return fc.array(step, { minLength: 20, maxLength: length, size: 'max' });
}

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

  constructor(server: TestServer, time: VirtualTime, run: number) {
    this.#server = server;
    this.#time = time;
    this.#network = new Network(server);
    const random = countingRandom(run + 1);
    let chance = run + 1;
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
        }),
    );
  }

  async play(history: readonly TabStep[]): Promise<void> {
    try {
      disk.full = false;
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
      case 'edit':
        if (chosen && !chosen.frozen) this.#edit(chosen, step);
        return;
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
      case 'freeze':
      case 'thaw':
        chosen?.[step.do]();
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
        return;
      case 'disk-full':
      case 'disk-free':
        disk.full = step.do === 'disk-full';
    }
  }

  #edit(chosen: Tab, { edit, pick, to }: Extract<TabStep, { do: 'edit' }>): void {
    const before = new Set(chosen.replica.outbox.state.pending.map(({ uid }) => uid));
    EDITS[edit](chosen.replica, { pick, to });
    for (const { uid } of chosen.replica.outbox.state.pending) if (!before.has(uid)) this.#made.add(uid);
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
    await this.#checkIntents();
    await checkAppliedOnce(this.#server, await this.#server.listMutations());
  }

  /** Whatever was kept was carried out, or its author can read in every tab that it was not. */
  async #checkIntents(): Promise<void> {
    const stored = new Map((await this.#server.listMutations()).map((each) => [each.uid, each]));
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
