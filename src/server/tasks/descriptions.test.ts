import { expect, test } from 'vitest';
import { describeTask } from '#core/tasks/description-mutators.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import { createSyncDevice, sorted, type SyncDevice, visibleRows } from '#tests/support/sync-device.ts';
import { addProject, createWriteWorld, newId, taskArgs } from '#tests/support/write-world.ts';

/** A shared task with a description that the devices of both people have. */
async function twoDevices(description: string) {
  const world = await createWriteWorld();
  const [ana, ben] = [await world.addUser('ana'), await world.addUser('ben')];
  const projectId = await addProject(world, ana, [[ben, 'editor']]);
  const args = { ...taskArgs({ projectId }), description };
  await world.run(ana, createTask, args);
  const devices = [ana, ben].map((user) => createSyncDevice(world.database, world.write, user));
  const [ofAna, ofBen] = devices as [SyncDevice, SyncDevice];
  for (const device of devices) await device.sync();
  const converged = async (): Promise<Task> => {
    for (const [i, device] of devices.entries()) {
      await device.sync();
      expect(sorted(device.rows)).toEqual(sorted(await visibleRows(world.database, [ana, ben][i]!.userId)));
    }
    return ofAna.rows.get(`task ${args.id}`)?.row as Task;
  };
  return { world, ana, ben, ofAna, ofBen, id: args.id, converged };
}

test('two devices that were offline both keep what they wrote', async () => {
  const { world, ofAna, ofBen, id, converged } = await twoDevices('one\ntwo');
  await using _ = world;
  const base = 'one\ntwo';
  await ofAna.push(ofAna.next(describeTask, { id, base, description: 'ONE\ntwo' }));
  const answer = await ofBen.push(ofBen.next(describeTask, { id, base, description: 'one\ntwo\nthree' }));
  expect(answer.results).toMatchObject([{ status: 'applied' }]);
  expect(await converged()).toMatchObject({ description: 'ONE\ntwo\nthree', descriptionConflict: null });
});

test('a whole afternoon of saving while typing arrives at once and merges', async () => {
  const { world, ofAna, ofBen, id, converged } = await twoDevices('# Plan\n\n- a\n- b');
  await using _ = world;
  await ofAna.push(ofAna.next(describeTask, { id, base: '# Plan\n\n- a\n- b', description: '# Plan\n\n- [x] a\n- b' }));
  const typed = [
    '# Plan\n\n- a\n- b',
    '# Plan\n\n- a\n- b\n- c',
    '# Plan\n\n- a\n- b\n- cake',
    '# Big plan\n\n- a\n- b\n- cake',
  ];
  const edits = typed.slice(1).map((description, i) => ({ id, base: typed[i] ?? '', description }));
  await ofBen.push(...edits.map((edit) => ofBen.next(describeTask, edit)));
  expect(await converged()).toMatchObject({
    description: '# Big plan\n\n- [x] a\n- b\n- cake',
    descriptionConflict: null,
  });
});

test('the same words changed twice are told to both devices, and one of them decides', async () => {
  const { world, ben, ofAna, ofBen, id, converged } = await twoDevices('buy milk');
  await using _ = world;
  await ofAna.push(ofAna.next(describeTask, { id, base: 'buy milk', description: 'buy bread 🥖' }));
  await ofBen.push(ofBen.next(describeTask, { id, base: 'buy milk', description: 'buy beer' }));
  const merged = await converged();
  expect(merged).toMatchObject({
    description: 'buy beer',
    descriptionConflict: { text: 'buy bread 🥖', by: ben.userId },
  });
  const resolves = merged.descriptionConflict?.at ?? '';
  await ofAna.push(ofAna.next(describeTask, { id, base: 'buy beer', description: 'buy bread 🥖', resolves }));
  expect(await converged()).toMatchObject({ description: 'buy bread 🥖', descriptionConflict: null });
});

test('a device that does not know merging yet still writes whole texts', async () => {
  const { world, ofAna, ofBen, id, converged } = await twoDevices('a');
  await using _ = world;
  await ofAna.push(ofAna.next(describeTask, { id, base: 'a', description: 'a\nb' }));
  const old = { ...ofBen.next(updateTask, { id, description: 'c' }), name: 'task.update@1' };
  expect(await ofBen.push(old)).toMatchObject({ results: [{ status: 'applied' }] });
  expect(await converged()).toMatchObject({ description: 'c', descriptionConflict: null });
});

test('undoing an overwriting edit brings the overwritten text back on both devices', async () => {
  const { world, ofAna, ofBen, id, converged } = await twoDevices('a');
  await using _ = world;
  await ofAna.push(ofAna.next(describeTask, { id, base: 'a', description: 'b' }));
  const edit = ofBen.next(describeTask, { id, base: 'a', description: 'c' });
  await ofBen.push(edit);
  await ofBen.push(ofBen.next(undo, { uid: edit.uid }));
  expect(await converged()).toMatchObject({ description: 'b', descriptionConflict: null });
});

test('texts of the greatest length are taken, and longer ones are refused', async () => {
  const { world, ofAna, id, converged } = await twoDevices('');
  await using _ = world;
  const long = '🥖'.repeat(25_000);
  const answer = await ofAna.push(
    ofAna.next(describeTask, { id, base: '', description: long }),
    ofAna.next(describeTask, { id, base: long, description: `${long}x`.repeat(2) }),
    { ...ofAna.next(describeTask, { id, base: long, description: 'short' }), uid: newId() },
  );
  expect(answer.results).toMatchObject([
    { status: 'applied' },
    { status: 'rejected', code: 'validation_failed' },
    { status: 'applied' },
  ]);
  expect(await converged()).toMatchObject({ description: 'short' });
});
