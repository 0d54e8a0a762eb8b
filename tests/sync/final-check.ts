import { createTask } from '#core/tasks/task-mutators.ts';
import type { DeviceRun } from './device.ts';
import type { HistoryDatabase } from './history-database.ts';
import { checkOccurrences } from './occurrence-checks.ts';
import type { Disasters } from './steps.ts';
import type { TestServer } from './test-server.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

type Stored = Awaited<ReturnType<HistoryDatabase['listMutations']>>[number];

/** What must hold once everything has settled. */
export async function checkSettled({ server, devices, restored }: World, disasters: Disasters): Promise<void> {
  const list = await server.stored.listMutations();
  const mutations = new Map(list.map((each) => [each.uid, each]));
  for (const { run } of devices) {
    const { pending } = run.replica.outbox.state;
    if (pending.length > 0) throw new Violation(`${pending.length} mutations of ${run.userId} never arrived`);
    run.checkRows(await server.visibleRows(run.userId));
    checkIntents(run, mutations, { mayHaveRun: restored || disasters.clone });
  }
  await checkAppliedOnce(server, list);
  await checkOccurrences(server, list);
}

/** Nothing acknowledged is lost; everything that a person did was carried out once, or they were told that it was not. */
function checkIntents(run: DeviceRun, mutations: ReadonlyMap<string, Stored>, { mayHaveRun = false }): void {
  const refused = new Set(run.replica.outbox.state.rejected.map(({ uid }) => uid));
  for (const uid of run.ledger.acknowledged) {
    const status = mutations.get(uid)?.status;
    if (status !== 'applied' && status !== 'noop' && !refused.has(uid)) {
      throw new Violation(`the acknowledged mutation ${uid} is ${status ?? 'lost'}`);
    }
  }
  for (const uid of run.ledger.made) {
    const stored = mutations.get(uid);
    if (refused.has(uid)) {
      // A server that went back may accept what it had refused.
      if (stored?.status === 'rejected' || mayHaveRun) continue;
      throw new Violation(`${uid} is ${stored?.status ?? 'unknown'} although its author was told that it was refused`);
    }
    if (!stored) throw new Violation(`the mutation ${uid} vanished`);
    if (stored.status === 'rejected') throw new Violation(`nobody was told that ${uid} was refused`);
    if (stored.user_id !== run.userId) throw new Violation(`${uid} ran as somebody else`);
  }
}

/** Each title is written by one edit; a second change to it means that the edit ran twice. */
export async function checkAppliedOnce(server: TestServer, mutations: readonly Stored[]): Promise<void> {
  const edits = new Set<string>();
  for (const { uid, name } of mutations) if (name.startsWith('task.update@') || name === createTask.key) edits.add(uid);
  const written = new Set<string>();
  for (const { mutation_uid: uid, eid, after } of await server.stored.listChanges()) {
    if (!edits.has(uid) || after === null) continue;
    const { title } = JSON.parse(after) as { title?: string };
    if (title === undefined) continue;
    const key = `${eid} ${title}`;
    if (written.has(key)) throw new Violation(`"${title}" was written twice`);
    written.add(key);
  }
}
