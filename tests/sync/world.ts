import { must } from '#core/errors.ts';
import { projectScope } from '#core/rows.ts';
import type { PullRequest } from '#core/sync/protocol.ts';
import { countingRandom } from '#tests/support/replica-fixture.ts';
import { Replica } from '#web/replica/replica.ts';
import { DeviceRun, Ledger, type RunClasses, type Snapshots, WatchedSession } from './device.ts';
import { uuidv7 } from '#core/ids.ts';
import { DeviceStorage } from '#tests/support/device-storage.ts';
import { EDITS } from './edits.ts';
import { Network } from './network.ts';
import { OtherWriters } from './other-writers.ts';
import { type Release, RELEASES, TODAY } from './releases.ts';
import type { Step } from './steps.ts';
import { type Backup, PROJECTS, type SyncEndpoint, type TestServer, USERS, accountOf } from './test-server.ts';
import { Violation } from './violation.ts';
import { settleMicrotasks, type VirtualTime } from './virtual-time.ts';

/** What a seeded fault replaces; everything else is the product. */
export interface Fault {
  readonly endpoint?: (server: TestServer) => FaultyEndpoint;
  readonly replica?: typeof Replica;
  readonly session?: typeof WatchedSession;
  /** Runs after each step, for faults of a device's storage. */
  readonly afterStep?: (world: World, step: Step) => void;
  readonly compact?: (server: TestServer, projectId: string) => Promise<void>;
  /** The storage that a person finds on a device. */
  readonly storageOf?: (device: Device, userId: string) => DeviceStorage;
  /** In place of those that there are. */
  readonly releases?: readonly Release[];
  /** Runs before a device is started in another version. */
  readonly beforeLoad?: (device: Device) => void;
}

/** A fault between the devices and the server. */
export interface FaultyEndpoint extends SyncEndpoint {
  afterStep?(step: Step): Promise<void>;
}

/** A device: what each account left on its disk, and who uses it now. */
export interface Device {
  readonly disks: Map<string, { storage: DeviceStorage; ledger: Ledger }>;
  run: DeviceRun;
  /** Of the page that is open. */
  release: Release;
}

const OWNERS = [USERS.ana, USERS.bob, USERS.eve, USERS.ana] as const;
/** The clocks of devices are wrong; nothing may depend on them. */
const SKEWS = [0, -86_400_000, 3_600_000, 40 * 86_400_000] as const;
const ROUNDS_MAX = 60;

/** Four devices of three people, a network between them and one server. */
export class World {
  readonly server: TestServer;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly devices: Device[] = [];
  readonly #fault: Fault;
  readonly #endpoint: FaultyEndpoint;
  readonly #classes: RunClasses;
  readonly #others: OtherWriters;
  readonly #snapshots: Snapshots = new WeakMap();
  readonly #random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
  #backup: Backup | null = null;
  /** The server went back in time at least once. */
  restored = false;
  /** The queues of pages that spoke to a server which no longer understands them. */
  readonly refusedAsTooOld = new Set<string>();
  #violation: Violation | null = null;

  /** `disks` are what devices begin with; without them they know nothing yet. */
  constructor(server: TestServer, time: VirtualTime, fault: Fault, disks: readonly DeviceStorage[] = []) {
    this.server = server;
    this.#others = new OtherWriters(server);
    this.time = time;
    this.#fault = fault;
    this.#classes = { replica: fault.replica ?? Replica, session: fault.session ?? WatchedSession };
    // Disks that were filled in another world hold ids which that one made: none of them may be made again.
    this.#random = countingRandom(disks.length > 0 ? 2 : 1);
    this.#endpoint = fault.endpoint?.(server) ?? server;
    this.network = new Network(this.#watched(this.#endpoint));
    for (const [i, userId] of OWNERS.entries()) {
      const storage = disks[i]?.clone() ?? new DeviceStorage(this.newId);
      const disk = { storage, ledger: new Ledger() };
      const device: Device = { disks: new Map([[userId, disk]]), run: null as never, release: TODAY };
      this.devices.push(device);
      this.start(device, userId);
    }
  }

  readonly newId = (): string => uuidv7(this.time.now, this.#random);

  /** Every device has the data of its person. */
  async settled(): Promise<this> {
    await settleMicrotasks();
    await this.network.deliverAll();
    this.#throwViolation();
    for (const { run } of this.devices) run.stop();
    return this;
  }

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'sync':
        this.#device(step.device).run.client.syncNow();
        break;
      case 'poke':
        this.network.poke(this.#device(step.device).run);
        break;
      case 'deliver':
        await this.network.deliver(step.message % (this.network.size || 1));
        break;
      case 'flow':
        await this.network.flow(this.#device(step.device).run, step.messages);
        break;
      case 'repeat':
        await this.network.repeat(step.message % (this.network.size || 1));
        break;
      case 'drop':
        await this.network.drop(step.message % (this.network.size || 1), step);
        break;
      case 'wait':
        await this.time.advance(step.ms);
        break;
      case 'restart':
        this.#restart(this.#device(step.device), step.how);
        break;
      case 'share':
        await this.#others.share(step);
        break;
      case 'compact':
        await (this.#fault.compact ?? compact)(this.server, PROJECTS[step.project] as string);
        break;
      case 'rest':
        await this.#others.writeByRest(PROJECTS[step.project] as string, step.pick);
        break;
      case 'switch-account':
        this.#switchAccount();
        break;
      case 'backup':
        this.#backup = await this.server.backup();
        break;
      case 'restore':
        await this.#restore();
        break;
      case 'clone':
        this.#clone();
        break;
      case 'load':
        this.load(this.#device(step.device), step.release);
        break;
      case 'deploy':
        await this.deploy(step.release);
        break;
      default:
        this.#edit(step);
    }
    await settleMicrotasks();
    this.#fault.afterStep?.(this, step);
    await this.#endpoint.afterStep?.(step);
    this.#startAgainAfterPowerLoss();
    this.#throwViolation();
  }

  /** The page of a device is loaded in another version of the app. */
  load(device: Device, release: number): void {
    this.#fault.beforeLoad?.(device);
    device.run.stop();
    device.release = this.#release(release);
    try {
      this.start(device, device.run.userId);
    } catch (cause) {
      throw new Violation(`the page does not start: ${String(cause)}`, { cause });
    }
  }

  /** Another version of the server takes over. */
  async deploy(release: number): Promise<void> {
    this.server.release = this.#release(release);
    await this.network.closeConnections();
  }

  /** Nothing fails any more: everybody comes back, and within a bounded time all agree. */
  async quiesce(): Promise<void> {
    for (const device of this.devices.slice()) {
      const user = device.run.userId;
      this.#restart(device, 'clean');
      for (const other of device.disks.keys()) if (other !== user) this.devices.push(this.#visitor(device, other));
    }
    await this.rest(ROUNDS_MAX);
  }

  /** Time passes and everything arrives, until nobody has anything to do for a while. */
  async rest(rounds: number): Promise<void> {
    for (let quiet = 0; quiet < 3 && rounds > 0; rounds--) {
      for (const { run } of this.devices) run.client.syncNow();
      await settleMicrotasks();
      await this.network.deliverAll();
      await this.time.advance(61_000);
      await this.network.deliverAll();
      this.#startAgainAfterPowerLoss();
      this.#throwViolation();
      quiet = this.devices.every(({ run }) => run.client.idle && run.pendingUids().length === 0) ? quiet + 1 : 0;
    }
  }

  /** Starts a device for a person, with what they left on its disk. */
  start(device: Device, userId: string): void {
    const kept = device.disks.get(userId) ?? { storage: new DeviceStorage(this.newId), ledger: new Ledger() };
    device.disks.set(userId, kept);
    const index = this.devices.indexOf(device);
    let state = index + 1;
    const random = (): number => {
      state = (state * 16_807) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    device.run = new DeviceRun({
      account: accountOf(userId),
      storage: this.#fault.storageOf?.(device, userId) ?? kept.storage,
      ledger: kept.ledger,
      network: this.network,
      environment: this.time.environment(SKEWS[index % SKEWS.length] ?? 0, random),
      random: this.#random,
      snapshots: this.#snapshots,
      onViolation: (violation) => {
        this.#violation ??= violation;
      },
      classes: this.#classes,
      release: device.release,
    });
  }

  #release(index: number): Release {
    return must((this.#fault.releases ?? RELEASES)[index], 'a version has a number');
  }

  #watched(endpoint: SyncEndpoint): SyncEndpoint {
    return {
      push: async (userId, request) => {
        const response = await endpoint.push(userId, request);
        if (this.server.release.version.protocol > request.v) this.refusedAsTooOld.add(request.clientId);
        return response;
      },
      page: (userId, query) => endpoint.page(userId, query),
      pull: async (userId: string, request: PullRequest) => {
        const response = await endpoint.pull(userId, request);
        if (this.server.release.version.protocol > request.v) this.refusedAsTooOld.add(request.clientId);
        const rows = await endpoint.visibleRows(userId);
        this.#snapshots.set(response, { rows, last: await this.server.stored.lastOf(request.clientId) });
        return response;
      },
      visibleRows: (userId) => endpoint.visibleRows(userId),
    };
  }

  #device(index: number): Device {
    return this.devices[index % this.devices.length] as Device;
  }

  #edit(step: Extract<Step, { pick: number; to: number }>): void {
    const { run, release } = this.#device(step.device);
    if (step.do === 'label' && !release.hasLabels) return;
    EDITS[step.do](run.replica, { ...step, rename: release.rename });
    for (const uid of run.pendingUids()) run.ledger.made.add(uid);
  }

  #restart(device: Device, how: 'clean' | 'power-loss' | 'wiped'): void {
    const { userId } = device.run;
    const disk = device.disks.get(userId);
    if (how === 'power-loss' && disk) {
      disk.storage.losePowerAfterCache = true;
      return;
    }
    device.run.stop();
    if (how === 'wiped' && disk) {
      disk.ledger.forget();
      device.disks.set(userId, { storage: new DeviceStorage(this.newId), ledger: disk.ledger });
    }
    this.start(device, userId);
  }

  #startAgainAfterPowerLoss(): void {
    for (const device of this.devices) if (device.run.dead) this.#restart(device, 'clean');
  }

  /** The device of eve is lent to bob and back; each finds what they left. */
  #switchAccount(): void {
    const device = this.devices[2] as Device;
    const next = device.run.userId === USERS.eve ? USERS.bob : USERS.eve;
    device.run.stop();
    this.start(device, next);
  }

  async #restore(): Promise<void> {
    if (!this.#backup) return;
    await this.server.restore(this.#backup);
    this.restored = true;
    await this.network.closeConnections();
  }

  #clone(): void {
    const [original, , , copy] = this.devices as [Device, Device, Device, Device];
    const { storage } = original.disks.get(USERS.ana) as { storage: DeviceStorage };
    copy.run.stop();
    copy.disks.set(USERS.ana, { storage: storage.clone(), ledger: new Ledger() });
    copy.release = original.release;
    this.start(copy, USERS.ana);
  }

  /** Somebody who used a device that another person uses now, on a device of their own. */
  #visitor(device: Device, userId: string): Device {
    const kept = device.disks.get(userId);
    const disks = new Map(kept ? [[userId, kept]] : []);
    const visitor: Device = { disks, run: null as never, release: device.release };
    this.start(visitor, userId);
    return visitor;
  }

  #throwViolation(): void {
    if (this.#violation) throw this.#violation;
  }
}

function compact(server: TestServer, projectId: string): Promise<void> {
  return server.compact(projectScope(projectId));
}
