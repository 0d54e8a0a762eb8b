import { expect, test } from 'vitest';
import { opened, sealed, type TabMessage } from './tab-channel.ts';

const queued: TabMessage = { type: 'appended', clientId: 'client', mutations: [] };

test('tabs of one edition take each other at their word', () => {
  const messages: TabMessage[] = [queued, { type: 'led', term: 3 }, { type: 'committed', commits: 2, update: null }];
  for (const message of messages) expect(opened(sealed(message, '1.1'), '1.1')).toMatchObject(message);
});

test('of a tab of another edition, only what it did to the queue and the end of the session count', () => {
  const heard = (message: TabMessage): TabMessage | null => opened(sealed(message, '2.1'), '1.1');
  expect(heard(queued)).toEqual({ type: 'queue-changed' });
  expect(heard({ type: 'outbox', change: { type: 'dismiss', uid: 'uid' } })).toEqual({ type: 'queue-changed' });
  expect(heard({ type: 'signed-out' })).toMatchObject({ type: 'signed-out' });
  expect(heard({ type: 'led', term: 3 })).toBeNull();
  expect(heard({ type: 'committed', commits: 2, update: null })).toBeNull();
  expect(heard({ type: 'status', connection: 'update-needed', progress: null })).toBeNull();
});
