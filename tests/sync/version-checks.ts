import { ADDITIVE, NEWEST, type Release } from './releases.ts';
import { Violation } from './violation.ts';
import type { Device, World } from './world.ts';

/** Retries come a minute apart at most. */
const ROUNDS = 12;

/**
 * What must hold between versions: first with a server that understands all pages but those of the newest one, without
 * anybody loading a page anew, then with the newest server, until the pages are loaded in its version.
 */
export async function checkVersions(world: World): Promise<void> {
  await world.deploy(ADDITIVE);
  await world.rest(ROUNDS);
  for (const device of world.devices) checkStanding(world, device);
  await world.deploy(NEWEST);
  await world.rest(ROUNDS);
  for (const device of world.devices) {
    if (device.release.version.protocol < world.server.release.version.protocol) checkHalted(world, device);
    else checkSynced(device);
  }
  for (const device of world.devices) world.load(device, NEWEST);
}

function checkStanding(world: World, device: Device): void {
  const { run, release } = device;
  if (run.client.halted) {
    if (!world.refusedAsTooOld.has(run.replica.outbox.state.clientId))
      throw new Violation(`${told(device)} without reason`);
    checkHalted(world, device);
  } else if (isNewer(release, world.server.release)) {
    // It waits for the server, and begins again by itself.
    if (run.replica.connection.get() !== 'reconnecting') throw new Violation(`${told(device)} with an older server`);
  } else {
    checkSynced(device);
  }
}

/** Nothing leaves the queue while the page cannot go on. */
function checkHalted(world: World, device: Device): void {
  const { run } = device;
  if (run.replica.connection.get() !== 'update-needed') throw new Violation(`${told(device)} with a newer server`);
  if (world.network.isSending(run)) throw new Violation('a page that is too old goes on asking');
}

function checkSynced(device: Device): void {
  const { run } = device;
  if (run.replica.connection.get() !== 'online' || run.pendingUids().length > 0) {
    throw new Violation(`${told(device)} with ${run.pendingUids().length} changes, although the server understands it`);
  }
}

function isNewer({ version }: Release, than: Release): boolean {
  return version.protocol > than.version.protocol || version.schema > than.version.schema;
}

function told({ run, release }: Device): string {
  return `a page (${release.name}) is ${run.replica.connection.get()}`;
}
