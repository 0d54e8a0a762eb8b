import { expect, test } from 'vitest';
import { id } from '#tests/support/replica-fixture.ts';
import { emptyOutbox, type NewMutation } from './outbox-state.ts';
import { Outbox, type OutboxStorage } from './outbox.ts';

/** A disk that is full: it takes changes in when `free` is called. */
function fullDisk() {
  const waiting: ((seq: number) => void)[] = [];
  const storage: OutboxStorage = {
    read: () => emptyOutbox(id(1)),
    isFailing: () => true,
    append: (_mutation, kept) => void waiting.push(kept),
    change: () => {},
  };
  return { storage, free: (...numbers: number[]) => numbers.forEach((seq, i) => waiting[i]?.(seq)) };
}

const mutation = (n: number): NewMutation => ({
  uid: id(n),
  name: 'task.update@1',
  args: {},
  at: '2026-11-23T03:00:00.000Z',
});
const uidsOf = ({ state }: Outbox): string[] => state.pending.map(({ uid }) => uid);

test('with a full disk, rows that contain another tab’s mutation do not take off the own one with the same guess', () => {
  const disk = fullDisk();
  const outbox = new Outbox(() => id(1), disk.storage);
  outbox.append(mutation(50));
  expect(outbox.numbered).toMatchObject([{ uid: id(50), seq: 1 }]);
  outbox.settle(1);
  expect(uidsOf(outbox)).toEqual([id(50)]);
  expect(outbox.unkept).toBe(1);
  disk.free(2);
  expect(outbox.numbered).toMatchObject([{ uid: id(50), seq: 2 }]);
  expect(outbox.unkept).toBe(0);
  outbox.settle(2);
  expect(uidsOf(outbox)).toEqual([]);
});

test('with a full disk, what this tab sent and was told of is settled by the rows', () => {
  const outbox = new Outbox(() => id(1), fullDisk().storage);
  outbox.append(mutation(50));
  outbox.answered = 1;
  outbox.settle(1);
  expect(uidsOf(outbox)).toEqual([]);
});
