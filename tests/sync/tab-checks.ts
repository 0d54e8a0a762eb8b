import { deepEqual } from '#core/mutation/deep-equal.ts';
import type { KeptCache } from '#web/replica/storage/cache-disk.ts';
import type { KeptData } from '#web/replica/storage/tab-storage.ts';
import type { Browser, Tab } from './browser.ts';
import { checkAppliedOnce } from './final-check.ts';
import type { Network } from './network.ts';
import { checkOccurrences } from './occurrence-checks.ts';
import { type TestServer, USERS } from './test-server.ts';
import { Violation } from './violation.ts';

/** What must hold for tabs, their disks and their server, on the way and at the end. */
export class TabChecks {
  /** What people did, by uid: in its order, with the tab. */
  readonly #made = new Map<string, Tab>();
  /** On no disk when the server went back in time: what it forgot of them nobody may have. */
  readonly #nowhere = new Set<string>();
  #wasRestored = false;
  /** Numbers were guessed, perhaps. */
  wasFull = false;
  /** There were pages or servers of several versions. */
  isMixed = false;
  /** Pages whose cache went while none of them was at work: each leads itself. */
  readonly alone = new Set<Tab>();
  readonly #server: TestServer;
  readonly #browsers: readonly Browser[];
  readonly #network: Network;
  /** The versions of scopes that were found on a disk, by browser and scope. */
  readonly #seen = new Map<string, number>();

  constructor(server: TestServer, browsers: readonly Browser[], network: Network) {
    this.#server = server;
    this.#browsers = browsers;
    this.#network = network;
  }

  noteMade(tab: Tab, uid: string): void {
    this.#made.set(uid, tab);
  }

  /** The server went back in time. */
  async noteRestored(): Promise<void> {
    this.#wasRestored = true;
    if (!this.wasFull) return;
    const disks = await Promise.all(this.#browsers.map((browser) => browser.disks()));
    const kept = new Set(disks.flatMap(({ outbox }) => [...outbox.pending, ...outbox.sent]).map(({ uid }) => uid));
    for (const uid of this.#made.keys()) if (!kept.has(uid)) this.#nowhere.add(uid);
  }

  /** Everything has arrived: `live` are the tabs that the server understands. */
  async settled(live: readonly Tab[]): Promise<void> {
    const expected = await this.#server.visibleRows(USERS.ana);
    for (const tabs of this.groups(live)) {
      if (tabs.some((each) => this.alone.has(each))) continue;
      if (tabs.filter((each) => each.leads).length !== 1) throw new Violation('not one tab leads');
    }
    for (const each of live) {
      if (each.client.halted) throw new Violation(`a page (${each.release.name}) gave up without reason`);
      const shown = each.visible();
      for (const key of new Set([...expected.keys(), ...shown.keys()])) {
        if (!deepEqual(shown.get(key) ?? null, expected.get(key) ?? null)) {
          throw new Violation(`${key} is ${JSON.stringify(shown.get(key))} in a tab: ${this.describe()}`);
        }
      }
    }
    for (const browser of this.#browsers) {
      const one = live.find((each) => browser.tabs.has(each) && !this.alone.has(each));
      if (!one) continue;
      const { outbox, cache } = await browser.disks(one.release);
      // The others leave the queue at the next start.
      const waiting = outbox.pending.filter(({ seq }) => seq > (cache?.state.last ?? 0));
      if (waiting.length > 0) throw new Violation(`${waiting.length} kept mutations never arrived`);
      const rows = Object.fromEntries((cache?.rows ?? []).map(({ kind, id, row }) => [`${kind} ${id}`, row]));
      const differs = [...new Set([...Object.keys(rows), ...expected.keys()])].filter(
        (key) => !deepEqual(rows[key] ?? null, expected.get(key) ?? null),
      );
      if (differs.length > 0) throw new Violation(`the disk does not hold ${differs.join()}: ${this.describe()}`);
    }
    await this.disks();
    // Where every page is too old, the queue waits for one that is not.
    const isServed = this.#browsers.every((browser) => live.some((each) => browser.tabs.has(each)));
    if (isServed) await this.#checkIntents();
    const mutations = await this.#server.stored.listMutations();
    await checkAppliedOnce(this.#server, mutations);
    await checkOccurrences(this.#server, mutations);
  }

  /** Whatever ends now, ends with rows that contain what has left the queue: an own change never goes out of view. */
  async disks(): Promise<void> {
    // Pages of two editions have rows of their own, and one queue.
    if (this.isMixed) return;
    for (const browser of this.#browsers) {
      const kept = await browser.disks();
      const { outbox, cache } = kept;
      this.#checkForward(browser.options.profile, cache);
      if (!this.#wasRestored) await this.#checkOrder(browser, kept);
      // Numbers that were guessed while the disk was full may be those of others on it.
      if (this.wasFull) continue;
      const refused = new Set(outbox.rejected.map(({ uid }) => uid));
      const last = cache?.state.last ?? 0;
      // While a queue is numbered anew the rows know nothing of numbers.
      if (last === 0) continue;
      const early = outbox.sent.find(({ seq, uid }) => seq > last && !refused.has(uid));
      if (early) throw new Violation(`${early.uid} has left the queue before the kept rows contain it`);
    }
  }

  /**
   * Whatever number it went by: the kept rows are those that contain what has left the queue, and no change is kept
   * without those that its tab made before. It could be sent without them.
   */
  async #checkOrder({ tabs }: Browser, { outbox, cache }: KeptData): Promise<void> {
    const refused = new Set(outbox.rejected.map(({ uid }) => uid));
    const left = new Set(outbox.sent.map(({ uid }) => uid));
    for (const { mutation_uid: uid, scope_id, ver } of await this.#server.stored.listChanges()) {
      if (!left.has(uid) || refused.has(uid)) continue;
      const held = cache?.state.cursors.get(scope_id)?.ver ?? 0;
      if (held < Number(ver))
        throw new Violation(`${uid} has left the queue for rows of ${scope_id} that are not kept`);
    }
    const arrived = (await this.#server.stored.listMutations()).map(({ uid }) => uid);
    const safe = new Set([...arrived, ...refused, ...outbox.pending.map(({ uid }) => uid)]);
    const without = new Map<Tab, string>();
    for (const [uid, tab] of this.#made) {
      if (!tabs.has(tab)) continue;
      const missing = without.get(tab);
      if (!safe.has(uid)) without.set(tab, missing ?? uid);
      else if (missing) throw new Violation(`${uid} is kept without ${missing}, which its tab made before`);
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
    for (const uid of this.#made.keys()) {
      const mutation = stored.get(uid);
      // What was sent while the disk was full, and refused when the page had ended, only the server can tell of.
      if (refused.has(uid) || lost.has(uid) || this.#nowhere.has(uid)) continue;
      if (!mutation) throw new Violation(`the mutation ${uid} vanished`);
      if (mutation?.status === 'rejected') throw new Violation(`nobody was told that ${uid} was refused`);
    }
  }

  /** Those that share a cache: of a browser and an edition. */
  groups(tabs: readonly Tab[]): Tab[][] {
    return this.#browsers.flatMap((browser) => {
      const own = tabs.filter((each) => browser.tabs.has(each));
      return [...Map.groupBy(own, ({ release }) => browser.editionOf(release)).values()];
    });
  }

  get #tabs(): Tab[] {
    return this.#browsers.flatMap((browser) => [...browser.tabs]);
  }

  describe(): string {
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
