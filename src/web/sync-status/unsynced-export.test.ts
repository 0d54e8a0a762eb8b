import { expect, test } from 'vitest';
import { describeTask } from '#core/tasks/description-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { aTask, id } from '#tests/support/replica-fixture.ts';
import { anAccount, INBOX } from '#tests/support/web-harness.tsx';
import { DeviceNotes } from '#web/ui/device-notes.ts';
import { AttemptMemory } from './attempt-memory.ts';
import { unsyncedExport } from './unsynced-export.ts';

const MILK = id(100);

function anAccountWithWork() {
  const replica = anAccount([['task', aTask({ id: MILK, projectId: INBOX, title: 'Milk' })]]);
  const stored = new Map<string, string>();
  const notes = new DeviceNotes(() => ({
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  }));
  const memory = new AttemptMemory(replica, notes);
  return { replica, memory, notes };
}

test('every change is there in words and as it is sent, refused ones with their reason', () => {
  const { replica, memory } = anAccountWithWork();
  const stop = memory.start();
  const refused = replica.mutate(describeTask, { id: MILK, base: '', description: 'Oat' });
  replica.mutate(completeTask, { id: MILK });
  replica.rebase(() => void replica.outbox.reject(refused, 'forbidden', 'You may not.'));
  stop();
  const file = unsyncedExport(replica, 'https://tend.example', Date.parse('2026-11-22T10:00:00Z'), memory);
  expect(file).toMatchObject({
    format: 'tend-unsynced',
    version: 1,
    server: 'https://tend.example',
    username: 'ana',
    exportedAt: '2026-11-22T10:00:00.000Z',
  });
  expect(file.changes).toMatchObject([
    {
      what: 'Edit the description of “Milk” in “Inbox”',
      state: 'refused',
      reason: 'You may not.',
      name: 'task.describe@1',
      args: { id: MILK, base: '', description: 'Oat' },
    },
    { what: 'Complete task “Milk” in “Inbox”', state: 'waiting', name: 'task.complete@2' },
  ]);
});

test('names outlive the page and the rows, and are forgotten with the change', () => {
  const { replica, memory, notes } = anAccountWithWork();
  const stop = memory.start();
  const uid = replica.mutate(completeTask, { id: MILK });
  const gone = replica.mutate(completeTask, { id: MILK });
  stop();
  expect(new AttemptMemory(replica, notes).of(uid)).toEqual({ subject: 'Milk', projectId: INBOX, project: 'Inbox' });
  replica.rebase(() => {
    replica.outbox.reject(gone, 'internal', '');
  });
  replica.dismissRejected(gone);
  const again = new AttemptMemory(replica, notes);
  again.start()();
  expect(new AttemptMemory(replica, notes).of(gone)).toEqual({});
  expect(new AttemptMemory(replica, notes).of(uid).subject).toBe('Milk');
});
