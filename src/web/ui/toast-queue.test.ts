import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createToastQueue, type ToastQueue } from './toast-queue.ts';

let queue: ToastQueue;
const messages = () => queue.snapshot().map((toast) => toast.message);

beforeEach(() => {
  vi.useFakeTimers();
  queue = createToastQueue({
    now: () => performance.now(),
    set: (callback, milliseconds) => Number(setTimeout(callback, milliseconds)),
    clear: (handle) => clearTimeout(handle),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a toast stays for 8 seconds', () => {
  queue.show({ message: 'Task deleted' });
  vi.advanceTimersByTime(7999);
  expect(messages()).toEqual(['Task deleted']);
  vi.advanceTimersByTime(1);
  expect(messages()).toEqual([]);
});

test('time stands still while any hold is open and goes on where it stopped', () => {
  queue.show({ message: 'Task deleted' });
  vi.advanceTimersByTime(5000);
  const pointer = queue.hold();
  const focus = queue.hold();
  vi.advanceTimersByTime(60_000);
  pointer();
  vi.advanceTimersByTime(60_000);
  expect(messages()).toEqual(['Task deleted']);
  focus();
  vi.advanceTimersByTime(2999);
  expect(messages()).toEqual(['Task deleted']);
  vi.advanceTimersByTime(1);
  expect(messages()).toEqual([]);
});

test('a toast shown during a hold waits for its end', () => {
  const release = queue.hold();
  queue.show({ message: 'Saved' });
  vi.advanceTimersByTime(60_000);
  expect(messages()).toEqual(['Saved']);
  release();
  release();
  vi.advanceTimersByTime(8000);
  expect(messages()).toEqual([]);
});

test('at most three are open: the oldest gives way', () => {
  for (const message of ['one', 'two', 'three', 'four']) queue.show({ message });
  expect(messages()).toEqual(['two', 'three', 'four']);
});

test('toasts of one kind merge, start their time anew and undo together, newest first', () => {
  const undone: string[] = [];
  const complete = (name: string) =>
    queue.show({
      message: (count) => (count === 1 ? 'Task completed' : `${count} tasks completed`),
      merge: 'complete',
      action: { label: 'Undo', run: () => undone.push(name) },
    });
  complete('a');
  vi.advanceTimersByTime(7000);
  complete('b');
  const last = complete('c');
  expect(messages()).toEqual(['3 tasks completed']);
  vi.advanceTimersByTime(7000);
  expect(messages()).toEqual(['3 tasks completed']);
  queue.runAction(last);
  expect(undone).toEqual(['c', 'b', 'a']);
  expect(messages()).toEqual([]);
});

test('what has been undone or has expired does not merge with the next', () => {
  const show = () => queue.show({ message: (count) => `${count} deleted`, merge: 'delete' });
  show();
  vi.advanceTimersByTime(8000);
  show();
  expect(messages()).toEqual(['1 deleted']);
});

test('the duration can be changed, and null means until dismissed', () => {
  const id = queue.show({ message: 'Stays' });
  queue.setDuration(null);
  vi.advanceTimersByTime(600_000);
  expect(messages()).toEqual(['Stays']);
  queue.setDuration(20_000);
  vi.advanceTimersByTime(19_999);
  expect(messages()).toEqual(['Stays']);
  queue.dismiss(id);
  expect(messages()).toEqual([]);
});

test('an action runs once', () => {
  const run = vi.fn();
  const id = queue.show({ message: 'Moved', action: { label: 'Undo', run } });
  queue.runAction(id);
  queue.runAction(id);
  expect(run).toHaveBeenCalledTimes(1);
});
