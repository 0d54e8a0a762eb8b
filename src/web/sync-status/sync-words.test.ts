import { expect, test } from 'vitest';
import type { SyncStatus } from '#web/replica/sync-status.ts';
import { syncAnnouncement } from './sync-announcement.ts';
import { syncWords, troubleWords } from './sync-words.ts';

const status = (given: Partial<SyncStatus>): SyncStatus => ({
  state: 'synced',
  pending: 0,
  rejected: 0,
  loaded: true,
  progress: null,
  ...given,
});

test('nothing is said while everything is well', () => {
  expect(syncWords(status({}))).toMatchObject({ text: '', sentence: 'Everything is saved.' });
  expect(syncWords(status({ loaded: false })).sentence).toBe('Getting your tasks.');
  expect(syncAnnouncement(status({}), status({ state: 'saving', pending: 1 }))).toBeUndefined();
  expect(syncAnnouncement(status({ state: 'saving', pending: 1 }), status({}))).toBeUndefined();
});

test('what waits on this device is counted', () => {
  expect(syncWords(status({ state: 'offline', pending: 1 })).sentence).toBe('Offline. 1 change on this device.');
  expect(syncWords(status({ state: 'offline', pending: 3 })).text).toBe('Offline · 3');
  expect(syncWords(status({ state: 'paused', pending: 2 }))).toMatchObject({
    text: 'Working offline · 2',
    sentence: 'Working offline. 2 changes on this device.',
  });
  expect(syncWords(status({ state: 'attention', rejected: 2 })).sentence).toBe('2 changes need attention.');
});

test('going and coming back are announced once', () => {
  const offline = status({ state: 'offline', pending: 4 });
  expect(syncAnnouncement(status({}), offline)).toBe('Offline. Changes are saved on this device.');
  expect(syncAnnouncement(offline, status({ state: 'offline', pending: 5 }))).toBeUndefined();
  expect(syncAnnouncement(offline, status({}))).toBe('Back online. 4 changes synced.');
  const paused = status({ state: 'paused', pending: 1 });
  expect(syncAnnouncement(status({}), paused)).toBe('Working offline. Changes are saved on this device.');
  expect(syncAnnouncement(paused, status({ state: 'saving', pending: 1 }))).toBe('Back online. 1 change synced.');
  expect(syncAnnouncement(status({}), status({ state: 'attention', rejected: 1 }))).toBe('One change needs attention.');
  expect(
    syncAnnouncement(status({ state: 'attention', rejected: 1 }), status({ state: 'attention', rejected: 2 })),
  ).toBe('2 changes need attention.');
});

test('trouble with storage is told first, except before a decision', () => {
  expect(troubleWords(status({}), null)).toEqual(syncWords(status({})));
  expect(troubleWords(status({}), 'low').text).toBe('Storage almost full');
  expect(troubleWords(status({ state: 'offline', pending: 2 }), 'full').sentence).toContain(
    '2 changes not on the server',
  );
  expect(troubleWords(status({ state: 'attention', rejected: 1 }), 'failing').text).toBe('Needs attention 1');
});
