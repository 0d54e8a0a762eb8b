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

test('with a full disk, a wrong guess is known afterwards, whatever became of its mutation', () => {
  const guess = (number: number): boolean => {
    const disk = fullDisk();
    const outbox = new Outbox(() => id(1), disk.storage);
    outbox.append(mutation(50));
    outbox.answered = 1;
    outbox.settle(1);
    disk.free(number);
    return outbox.hasTakenNumbers;
  };
  expect([guess(1), guess(2)]).toEqual([false, true]);
});

test('with a full disk, what is found on the disk after all is kept and has its number from there', () => {
  const found = (seq: number) => {
    const outbox = new Outbox(() => id(1), fullDisk().storage);
    outbox.append(mutation(50));
    outbox.adopt({ ...emptyOutbox(id(1)), next: seq + 1, pending: [{ ...mutation(50), seq }] });
    const { unkept, hasTakenNumbers } = outbox;
    outbox.settle(seq);
    return { unkept, hasTakenNumbers, waiting: uidsOf(outbox) };
  };
  expect(found(1)).toEqual({ unkept: 0, hasTakenNumbers: false, waiting: [] });
  expect(found(2)).toMatchObject({ unkept: 0, hasTakenNumbers: true });
});

test('what a tab of another version took off the queue stays in view until the rows of this one contain it', () => {
  const waiting = { ...mutation(50), seq: 1 };
  const storage: OutboxStorage = {
    read: () => ({ ...emptyOutbox(id(1)), next: 2, pending: [waiting] }),
    isFailing: () => false,
    append: () => {},
    change: () => {},
  };
  const outbox = new Outbox(() => id(1), storage);
  const settled = { ...emptyOutbox(id(1)), next: 2, sent: [waiting] };
  outbox.adopt(settled, 0);
  expect(uidsOf(outbox)).toEqual([id(50)]);
  outbox.settle(1);
  expect(uidsOf(outbox)).toEqual([]);
  // With rows that contain it, or a refusal, it is done with.
  const another = new Outbox(() => id(1), storage);
  another.adopt(settled, 1);
  expect(uidsOf(another)).toEqual([]);
});

test('what another tab put back into the queue waits under its own number, and nothing is forgotten for it', () => {
  const outbox = new Outbox(() => id(1), null);
  outbox.append(mutation(50));
  outbox.answered = 1;
  outbox.settle(1);
  const { state } = outbox;
  expect(state.sent).toMatchObject([{ uid: id(50), seq: 1 }]);
  outbox.adopt({ ...state, pending: state.sent, sent: [] });
  expect(outbox.hasTakenNumbers).toBe(false);
  outbox.adopt({ ...state, pending: [{ ...mutation(51), seq: 1 }], sent: [] });
  expect(outbox.hasTakenNumbers).toBe(true);
});
