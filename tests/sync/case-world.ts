import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import { must } from '#core/errors.ts';
import type { TypedMutator } from '#core/mutation/mutator.ts';
import { createProject } from '#core/projects/project-mutators.ts';
import { addMember } from '#core/projects/member-mutators.ts';
import type { Role } from '#core/projects/role.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { backUpToFile } from '#server/backup/backup-file.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { snapshotOf } from '#server/backup/snapshot.ts';
import { openDatabase } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import type { Outbox } from '#web/replica/outbox.ts';
import { createReplica, type Replica } from '#web/replica/replica.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import type { SyncFault } from '#web/replica/sync-session.ts';
import { accountOf, createSessionApi, type SessionApi, type SessionUser } from '#web/api/session.ts';
import { createSyncTransport } from '#web/api/sync-http-transport.ts';
import { DeviceStorage } from '#tests/support/device-storage.ts';
import { createTestApp, type TestApp, TEST_PASSWORD, type TestPrincipal } from '#tests/support/test-app.ts';
import { emptyTarget, type TestTarget } from '#tests/support/test-database.ts';
import { newId, requestOf } from '#tests/support/write-world.ts';
import { settleMicrotasks, VirtualTime } from './virtual-time.ts';

/** One request of a device on its way: `send` brings it to the server and the answer back. */
export interface Exchange {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly send: (body?: Record<string, unknown>) => Promise<Response>;
}

export type Wire = (exchange: Exchange) => Promise<Response>;

export const open: Wire = ({ send }) => send();
export const cut: Wire = () => Promise.reject(new TypeError('no network'));

/** A real server on either engine and real clients that talk to it over HTTP, in a time that stands still. */
export class CaseWorld implements AsyncDisposable {
  readonly time = new VirtualTime(0);
  readonly #target: TestTarget;
  readonly #directory: string;
  #app!: TestApp;
  #people = 0;
  #onTheWay = 0;
  #backups = 0;

  private constructor(target: TestTarget, directory: string) {
    this.#target = target;
    this.#directory = directory;
  }

  static async create(engine: Engine): Promise<CaseWorld> {
    const world = new CaseWorld(await emptyTarget(engine), await mkdtemp(join(tmpdir(), 'tend-cases-')));
    await world.#startServer();
    return world;
  }

  get app(): TestApp {
    return this.#app;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stopServer();
    await this.#target[Symbol.asyncDispose]();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** An account that no other test knows. */
  async person(name: string): Promise<TestPrincipal> {
    return this.app.signUp(`${name}${++this.#people}`);
  }

  /** A browser in which `person` signs in and has everything. */
  async device(person: TestPrincipal): Promise<CaseDevice> {
    const browser = new CaseBrowser(this);
    const device = await browser.signIn(person);
    await this.settle();
    return device;
  }

  /** Something that happens elsewhere. */
  async act<Args>(person: TestPrincipal, mutator: TypedMutator<Args>, args: Args): Promise<void> {
    const actor = { userId: person.userId, instanceRole: 'user', source: 'api' } as const;
    await this.app.context.write.execute(requestOf(actor, mutator, args));
  }

  async project(owner: TestPrincipal, ...members: (readonly [TestPrincipal, Role])[]): Promise<string> {
    const id = newId();
    await this.act(owner, createProject, { id, name: 'Project', rank: 'a1' });
    for (const [{ userId }, role] of members) await this.act(owner, addMember, { projectId: id, userId, role });
    return id;
  }

  async task(author: TestPrincipal, projectId: string, title: string, parentId?: string): Promise<string> {
    const id = newId();
    await this.act(author, createTask, { id, projectId, title, rank: 'a1', ...(parentId && { parentId }) });
    return id;
  }

  /** Until nothing is on its way any more. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet = this.#onTheWay > 0 ? 0 : quiet + 1) await settleMicrotasks();
  }

  /** Moves the clocks of the server and of the devices. What is sent meanwhile is answered within the second. */
  async advance(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i++) {
      this.app.clock.advance(1_000);
      await this.time.advance(1_000);
      await this.settle();
    }
  }

  /** Whole days, in which devices are asleep. */
  sleep(days: number): void {
    this.app.clock.advance(days * 86_400_000);
    this.time.now = this.app.clock.now();
  }

  async backUp(): Promise<string> {
    const path = join(this.#directory, `${++this.#backups}.tar`);
    await backUpToFile(snapshotOf(this.#target.target), path, { app: '0.0.0-test', now: this.time.now });
    return path;
  }

  /** The operator stops the server, restores a backup as `tend restore` does, and starts it. */
  async restore(path: string, { discard = false } = {}): Promise<void> {
    await this.#stopServer();
    await restoreBackup(this.#target.target, path, {
      app: '0.0.0-test',
      now: this.time.now,
      replace: true,
      backupDirectory: this.#directory,
      newEpoch: discard ? newId() : undefined,
    });
    await this.#startServer();
  }

  async inject(request: InjectOptions) {
    this.#onTheWay++;
    try {
      return await this.app.app.inject(request);
    } finally {
      this.#onTheWay--;
    }
  }

  async #startServer(): Promise<void> {
    const database = await openDatabase(this.#target.target);
    this.#app = await createTestApp({ database });
    if (this.time.now === 0) this.time.now = this.app.clock.now();
    this.app.clock.advance(this.time.now - this.app.clock.now());
  }

  async #stopServer(): Promise<void> {
    const { app } = this;
    await app[Symbol.asyncDispose]();
    await app.database.close();
  }
}

/** A browser: its cookies, and what it keeps for each account. */
export class CaseBrowser {
  readonly world: CaseWorld;
  /** The network between it and the server. */
  wire: Wire = open;
  /** Milliseconds that its clock is wrong by. */
  skew = 0;
  readonly session: SessionApi;
  readonly #disks = new Map<string, DeviceStorage>();
  readonly #cookies = new Map<string, string>();

  constructor(world: CaseWorld) {
    this.world = world;
    const clock = (): number => world.time.now;
    this.session = createSessionApi({ baseUrl: '', fetch: (input, init) => this.#fetch(input as string, init), clock });
  }

  async signIn({ username }: TestPrincipal): Promise<CaseDevice> {
    const { user } = await this.session.signIn({ username, password: TEST_PASSWORD, remember: true });
    return this.open(user);
  }

  /** The page opens for an account, with what the disk holds of it. */
  open(user: SessionUser): CaseDevice {
    const storage = this.#disks.get(user.id) ?? new DeviceStorage(newId);
    this.#disks.set(user.id, storage);
    this.session.http.expectUser(user.id);
    const device = new CaseDevice(this, user, storage);
    device.client.start();
    return device;
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    init.signal?.throwIfAborted();
    const send = (sent = body): Promise<Response> => this.#send(path, init, sent);
    return this.wire({ path, body, send });
  }

  async #send(path: string, { method, headers }: RequestInit, body: Record<string, unknown>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.world.inject({
      method: method === 'GET' ? 'GET' : 'POST',
      url: `/api/v1${path}`,
      headers: { ...(headers as Record<string, string>), 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
      ...(method !== 'GET' && { payload: body }),
    });
    for (const { name, value } of response.cookies) this.#cookies.set(name, value);
    const passed = ['content-type', 'retry-after'].flatMap((name) => {
      const value = response.headers[name];
      return value === undefined ? [] : [[name, String(value)] as [string, string]];
    });
    return new Response(response.statusCode === 204 ? null : response.body, {
      status: response.statusCode,
      headers: passed,
    });
  }
}

/** The client of the app, as one account uses it from the start of a page to its end. */
export class CaseDevice {
  readonly browser: CaseBrowser;
  readonly user: SessionUser;
  readonly replica: Replica;
  readonly client: SyncClient;
  readonly faults: SyncFault[] = [];

  constructor(browser: CaseBrowser, user: SessionUser, storage: DeviceStorage) {
    const { time } = browser.world;
    this.browser = browser;
    this.user = user;
    const environment = time.environment(browser.skew, () => 0.5);
    this.replica = createReplica({
      account: accountOf(user),
      clock: environment.clock,
      random: (bytes) => crypto.getRandomValues(bytes),
      outbox: storage.outbox,
      cache: storage.cache,
    });
    this.client = new SyncClient({
      replica: this.replica,
      transport: createSyncTransport(browser.session.http),
      environment,
      live: false,
      report: (fault) => this.faults.push(fault),
    });
  }

  get outbox(): Outbox {
    return this.replica.outbox;
  }

  get inboxId(): string {
    return must(
      [...this.replica.all('project').values()].find(({ inbox }) => inbox),
      'everybody has an inbox',
    ).id;
  }

  title(id: string): string | undefined {
    return this.replica.get('task', id)?.title;
  }

  /** Asks for news and sends what waits, until all is quiet. */
  async sync(): Promise<void> {
    this.client.syncNow();
    await this.browser.world.settle();
  }

  /** The page ends and is opened again. */
  reopen(): CaseDevice {
    this.client.stop();
    return this.browser.open(this.user);
  }

  /** From now on nothing gets through, until `online`. */
  offline(): void {
    this.browser.wire = cut;
  }

  async online(): Promise<void> {
    this.browser.wire = open;
    await this.sync();
  }
}
