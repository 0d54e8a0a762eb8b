import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { volume } from '#tests/support/volume.ts';
import { TabStorage } from '#web/replica/storage/tab-storage.ts';
import { arbitraryTabHistory, TabWorld } from './tab-history.ts';
import { type Backup, createTestServer, type TestServer } from './test-server.ts';
import { VirtualTime } from './virtual-time.ts';

const BEGIN = Date.parse('2026-11-22T09:00:00.000Z');
const LENGTH = 70;
const time = new VirtualTime(BEGIN);
let server: TestServer;
let baseline: Backup;
let run = 0;

beforeAll(async () => {
  server = await createTestServer('sqlite', time);
  baseline = await server.backup();
});

afterEach(() => vi.restoreAllMocks());

afterAll(() => server[Symbol.asyncDispose]());

/** Plays random histories; answers with the first violation, and the shortest history that still has one. */
async function search(histories: number, seed: number, { shorten = true } = {}): Promise<string | null> {
  const property = fc.asyncProperty(arbitraryTabHistory(LENGTH), async (history) => {
    await server.restore(baseline);
    time.reset(BEGIN);
    await new TabWorld(server, time, run++).play(history);
  });
  const { failed, errorInstance, counterexample } = await fc.check(property, {
    seed,
    numRuns: histories,
    endOnFailure: !shorten,
    interruptAfterTimeLimit: 240_000,
    markInterruptAsFailure: false,
  });
  return failed ? `${String(errorInstance)}\n${JSON.stringify(counterexample?.[0])}` : null;
}

test('tabs of one browser share a queue on the disk: nothing that was kept is lost or done twice', async () => {
  expect(await search(volume(400), Number(process.env['SYNC_SEED'] ?? 1))).toBeNull();
});

test('found: a tab dies between keeping a change and telling of it, and nobody looks', async () => {
  vi.spyOn(TabStorage.prototype, 'lookForUntold').mockImplementation(() => {});
  expect(await search(400, 2, { shorten: false })).toContain('Violation');
});
