import type { CDPSession, Page, Route } from '@playwright/test';

/** What `installSteps` leaves in the page. */
interface Stepping {
  /** Steps to pass, in this order; the page stops at the last of them. A number counts steps. */
  plan: (string | number)[];
  /** Names of the steps since the plan was made. */
  passed: string[];
  /** Titles of the changes that the disk has, as far as the page could know. */
  kept: string[];
  /** Requests for synchronisation fail as without a network. */
  cut: boolean;
  /** Milliseconds by which the clock of the page is ahead. */
  ahead: number;
  /** Every so many steps the connections to the databases are closed under the app; 0 for never. */
  closeEvery: number;
}

declare global {
  // oxlint-disable-next-line no-var -- the form in which TypeScript declares a global
  var stepping: Stepping;
}

const STOP = '/stopped-here';

/**
 * Runs in the page before the app. Everything that reaches disk, server or other tabs becomes a step with a name.
 * At the planned one the thread stands still in a synchronous request, until the test answers it or kills the page.
 */
function installSteps({ stop, ahead }: { stop: string; ahead: number }): void {
  const state: Stepping = { plan: [], passed: [], kept: [], cut: false, ahead, closeEvery: 0 };
  globalThis.stepping = state;
  const connections = new Set<IDBDatabase>();
  const unfinished = new Set<IDBTransaction>();
  const step = (name: string): void => {
    state.passed.push(name);
    if (state.closeEvery > 0 && state.passed.length % state.closeEvery === 0) {
      for (const connection of connections) connection.close();
      connections.clear();
    }
    const [next] = state.plan;
    if (next === undefined || (typeof next === 'number' ? next !== state.passed.length : next !== name)) return;
    state.plan.shift();
    if (state.plan.length > 0) return;
    const request = new XMLHttpRequest();
    request.open('POST', stop, false);
    request.send(JSON.stringify({ step: name, kept: state.kept }));
  };
  const nameOf = ({ name }: IDBDatabase): string => (name.startsWith('tend-outbox') ? 'queue' : 'cache');
  const patch = (prototype: object, method: string, before: (self: never, args: readonly unknown[]) => void): void => {
    const original = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
    Reflect.set(prototype, method, function (this: never, ...args: unknown[]) {
      before(this, args);
      return original.apply(this, args);
    });
  };

  const puts = new WeakMap<IDBTransaction, string[]>();
  for (const method of ['put', 'delete', 'clear', 'get', 'getAll', 'getAllKeys']) {
    patch(IDBObjectStore.prototype, method, ({ name, transaction }: IDBObjectStore, [value]) => {
      const { args } = (value ?? {}) as { args?: { title?: string; priority?: number } };
      if (name === 'pending' && method === 'put') {
        puts.set(transaction, [...(puts.get(transaction) ?? []), args?.title ?? `priority ${args?.priority}`]);
      }
      step(`${nameOf(transaction.db)} ${method} ${name}`);
    });
  }
  const begin = Reflect.get(IDBDatabase.prototype, 'transaction') as (...args: unknown[]) => IDBTransaction;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args) {
    step(`${nameOf(this)} begin`);
    const tx = begin.apply(this, args);
    connections.add(this);
    unfinished.add(tx);
    for (const end of ['complete', 'abort']) tx.addEventListener(end, () => unfinished.delete(tx));
    tx.addEventListener('complete', () => {
      state.kept.push(...(puts.get(tx) ?? []));
      step(`${nameOf(this)} done`);
    });
    return tx;
  };
  patch(BroadcastChannel.prototype, 'postMessage', (_self, [message]) => {
    step(`tell ${(message as { type: string }).type}`);
  });

  const send = fetch;
  globalThis.fetch = async (input, init) => {
    const path = (input instanceof Request ? input.url : input.toString()).split('/api/v1/')[1] ?? '';
    const failIfCut = (): void => {
      if (state.cut && path.startsWith('sync/')) throw new TypeError('Failed to fetch');
    };
    failIfCut();
    step(`send ${path}`);
    const response = await send(input, init);
    // An answer that is on its way does not arrive either.
    failIfCut();
    // Whoever stands still within a transaction keeps the others from the disk: a limit of browsers, not what is tested.
    while (state.plan[0] === `answer ${path}` && unfinished.size > 0) {
      await new Promise<void>((done) => {
        setTimeout(done);
      });
    }
    step(`answer ${path}`);
    return response;
  };
  const now = Date.now;
  Date.now = () => now() + state.ahead;
}

export interface Stop {
  readonly step: string;
  readonly kept: readonly string[];
  /** Lets the thread go on. */
  thaw(): Promise<void>;
}

/** A page that can be stopped at a step, thawed and killed. */
export class SteppedPage {
  readonly page: Page;
  readonly #devtools: CDPSession;
  #stopped = Promise.withResolvers<Stop>();

  private constructor(page: Page, devtools: CDPSession) {
    this.page = page;
    this.#devtools = devtools;
  }

  static async prepare(page: Page, ahead = 0): Promise<SteppedPage> {
    const devtools = await page.context().newCDPSession(page);
    const stepped = new SteppedPage(page, devtools);
    await page.route(`**${STOP}`, (route) => stepped.#standStill(route));
    await page.addInitScript(installSteps, { stop: STOP, ahead });
    return stepped;
  }

  /** Plans the next stop. A number counts from here. */
  async stopAt(...plan: (string | number)[]): Promise<{ readonly stopped: Promise<Stop> }> {
    this.#stopped = Promise.withResolvers<Stop>();
    await this.page.evaluate(
      (steps) => Object.assign(globalThis.stepping, { plan: steps, passed: [], kept: [] }),
      plan,
    );
    return { stopped: this.#stopped.promise };
  }

  async set(what: Partial<Pick<Stepping, 'cut' | 'ahead' | 'closeEvery'>>): Promise<void> {
    await this.page.evaluate((given) => Object.assign(globalThis.stepping, given), what);
  }

  /** The network is back, and the browser says so. */
  async reconnect(): Promise<void> {
    await this.page.evaluate(() => {
      globalThis.stepping.cut = false;
      dispatchEvent(new Event('online'));
    });
  }

  passed(): Promise<readonly string[]> {
    return this.page.evaluate(() => globalThis.stepping.passed);
  }

  /** Its process dies, whatever it is doing. No handler of the page runs any more. */
  async kill(): Promise<void> {
    const died = this.page.waitForEvent('crash');
    this.#devtools.send('Page.crash').catch(() => undefined);
    await died;
    await this.page.close();
  }

  get devtools(): CDPSession {
    return this.#devtools;
  }

  async #standStill(route: Route): Promise<void> {
    const told = route.request().postDataJSON() as Pick<Stop, 'step' | 'kept'>;
    this.#stopped.resolve({ ...told, thaw: () => route.fulfill({ status: 200, body: '' }) });
  }
}
