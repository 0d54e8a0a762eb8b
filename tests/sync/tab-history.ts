import type { AccountCard } from '#core/actor.ts';
import { must } from '#core/errors.ts';
import { uuidv7 } from '#core/ids.ts';
import { cacheName, isCacheInUse, type KeptCache } from '#web/replica/storage/cache-disk.ts';
import { countingRandom } from '#tests/support/replica-fixture.ts';
import { Browser, PRODUCT, type Tab, type TabClasses } from './browser.ts';
import { EDITS } from './edits.ts';
import { disk } from './full-disk.ts';
import { ADDITIVE, NEWEST, type Release, RELEASES, TODAY } from './releases.ts';
import { Network } from './network.ts';

import { type Backup, type TestServer, USERS } from './test-server.ts';
import { TabChecks } from './tab-checks.ts';
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
  readonly #checks: TabChecks;
  #backup: Backup | null = null;
  #fault: string | null = null;
  /** Pages that have a reason to ask to be loaded anew. */
  readonly #mayHalt = new Set<Tab>();

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
    this.#checks = new TabChecks(server, this.#browsers, this.#network);
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
      if (this.#checks.isMixed) await this.#settleVersions();
      await this.#quiesce();
      await this.#checks.settled(this.#live);
    } finally {
      for (const browser of this.#browsers) await browser.dispose();
    }
  }

  async #open(browser: Browser, release: Release): Promise<void> {
    // Where nobody leads, or slept through the end of the lease, the rows of another version go.
    for (const each of browser.tabs) {
      const edition = browser.editionOf(each.release);
      const isInUse = await isCacheInUse(cacheName(browser.options.profile, edition), this.#time.now);
      if (edition !== browser.editionOf(release) && !isInUse) this.#checks.alone.add(each);
    }
    this.#noteOpened(await browser.open(release));
  }

  async #deploy(release: number): Promise<void> {
    this.#checks.isMixed = true;
    this.#server.release = releaseOf(release);
    await this.#network.closeConnections();
    for (const each of this.#tabs) this.#noteOpened(each);
  }

  /** A page that a server does not understand any more stays halted whatever comes. */
  #noteOpened(each: Tab): void {
    if (each.release.version.protocol < this.#server.release.version.protocol) this.#mayHalt.add(each);
  }

  /**
   * First a server that understands all pages but the newest, which wait: tabs of two versions work side by side. Then the
   * newest one, and in each browser a page that it understands, which sends what is in the queue of all.
   */
  async #settleVersions(): Promise<void> {
    for (const each of this.#tabs) each.thaw();
    await this.#deploy(ADDITIVE);
    await this.#quiesce();
    await this.#checks.settled(this.#live);
    await this.#deploy(NEWEST);
    for (const each of this.#tabs) each.client.syncNow();
    await this.#network.deliverAll();
    for (const browser of this.#browsers) await this.#open(browser, releaseOf(NEWEST));
  }

  /** Tabs that the server understands. A page that met a newer one goes on when it is loaded anew. */
  get #live(): Tab[] {
    const { protocol, schema } = this.#server.release.version;
    const isUnderstood = ({ release: { version } }: Tab): boolean =>
      version.protocol === protocol && version.schema <= schema;
    const isHalted = (each: Tab): boolean => each.client.halted !== null && this.#mayHalt.has(each);
    return this.#tabs.filter((each) => isUnderstood(each) && !isHalted(each));
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
        if (browser && browser.tabs.size < TABS_MAX && !disk.full) await this.#open(browser, TODAY);
        return;
      }
      case 'open-version': {
        const browser = this.#browsers[step.browser];
        this.#checks.isMixed = true;
        if (browser && browser.tabs.size < TABS_MAX) await this.#open(browser, releaseOf(step.release));
        return;
      }
      case 'deploy':
        await this.#deploy(step.release);
        return;
      case 'close':
        if (chosen && !chosen.frozen) await chosen.close();
        return;
      case 'kill':
        chosen?.kill();
        await this.#checks.disks();
        return;
      case 'freeze':
        chosen?.freeze();
        return;
      case 'thaw':
        await this.#checks.disks();
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
        await this.#checks.noteRestored();
        return;
      case 'disk-full':
      case 'disk-free':
        disk.full = step.do === 'disk-full';
        this.#checks.wasFull ||= disk.full;
        return;
      default:
        if (chosen && !chosen.frozen) this.#edit(chosen, step);
    }
  }

  #edit(chosen: Tab, { do: edit, pick, to }: Extract<TabStep, { pick: number }>): void {
    const before = new Set(chosen.replica.outbox.state.pending.map(({ uid }) => uid));
    EDITS[edit](chosen.replica, { pick, to, rename: chosen.release.rename });
    for (const { uid } of chosen.replica.outbox.state.pending) if (!before.has(uid)) this.#checks.noteMade(chosen, uid);
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
    await this.#checks.disks();
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
    for (const browser of this.#browsers) {
      const isAlone = !this.#live.some((each) => browser.tabs.has(each));
      if (isAlone) await this.#open(browser, this.#server.release);
    }
    let quiet = 0;
    for (let round = 0; quiet < 3; round++) {
      if (round > 60) throw new Violation(`it does not come to an end: ${this.#checks.describe()}`);
      await this.#writeDisks();
      await this.#network.deliverAll();
      await this.#writeDisks();
      for (const each of this.#tabs) if (each.leads) each.client.syncNow();
      await settleMicrotasks();
      await this.#network.deliverAll();
      await this.#time.advance(7_000);
      const waiting = this.#live.some(
        ({ replica, leads, client }) =>
          replica.outbox.state.pending.length > 0 || (leads && (!client.idle || replica.connection.get() !== 'online')),
      );
      const led = this.#checks.groups(this.#live).every((tabs) => tabs.some(({ leads }) => leads));
      quiet = waiting || !led || this.#live.some((each) => this.#network.isSending(each)) ? 0 : quiet + 1;
      if (this.#fault) throw new Violation(this.#fault);
    }
    await this.#writeDisks();
  }
}

function releaseOf(index: number): Release {
  return must(RELEASES[index], 'a version has a number');
}
