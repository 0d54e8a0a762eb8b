import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnnouncer } from './announcer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what happens within 400 ms is one utterance, without repetitions', () => {
  const announcer = createAnnouncer();
  announcer.announce('Completed Buy milk.');
  announcer.announce('6 left today.');
  announcer.announce('6 left today.');
  vi.advanceTimersByTime(399);
  expect(announcer.text('polite')).toBe('');
  vi.advanceTimersByTime(1);
  expect(announcer.text('polite')).toBe('Completed Buy milk. 6 left today.');
});

test('the same text twice in a row still counts as a change', () => {
  const announcer = createAnnouncer();
  announcer.announce('Offline.');
  vi.advanceTimersByTime(400);
  const first = announcer.text('polite');
  announcer.announce('Offline.');
  vi.advanceTimersByTime(400);
  expect(announcer.text('polite')).not.toBe(first);
  expect(announcer.text('polite').trim()).toBe('Offline.');
});

test('polite and assertive do not mix', () => {
  const announcer = createAnnouncer();
  announcer.announce('Saved.');
  announcer.announce('One change needs attention.', 'assertive');
  vi.advanceTimersByTime(400);
  expect(announcer.text('polite')).toBe('Saved.');
  expect(announcer.text('assertive')).toBe('One change needs attention.');
});
