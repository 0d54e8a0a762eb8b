import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { id } from '#tests/support/replica-fixture.ts';
import { ana, anAccount, aServer, INBOX } from '#tests/support/web-harness.tsx';
import type { Device } from '#web/api/device.ts';
import type { SessionApi } from '#web/api/session.ts';
import { DeviceNotes } from '#web/ui/device-notes.ts';
import { type OpenRequest, Session } from './session.ts';

function aSession(api: SessionApi) {
  const kept = new Map<string, string>();
  const opened: { closed: boolean; started: number; keep: boolean }[] = [];
  const deleted: string[] = [];
  const replica = anAccount();
  const openDevice = ({ keep }: OpenRequest): Promise<Device> => {
    const record = { closed: false, started: 0, keep };
    opened.push(record);
    return Promise.resolve({
      replica,
      hasData: keep && kept.has('tend.account'),
      goOnline: () => void record.started++,
      tellSignedOut: () => {},
      close: () => void (record.closed = true),
    } as unknown as Device);
  };
  const deleteKept = (userId: string): Promise<void> => {
    deleted.push(userId);
    return Promise.resolve();
  };
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return {
    session: new Session({ api, openDevice, deleteKept, notes: new DeviceNotes(() => storage) }),
    opened,
    deleted,
    replica,
    storage,
  };
}

const nothing = () => {};

test('the session of the cookie is gone on with', async () => {
  const { session, opened } = aSession(aServer({ 'POST /auth/refresh': { user: ana, remember: false } }));
  expect(session.isLikely).toBe(false);
  await session.start();
  expect(session.state.get()).toMatchObject({ type: 'signed-in', user: ana });
  expect(opened).toHaveLength(1);
  expect(session.isLikely).toBe(true);
});

test('nobody is signed in without a cookie, and nobody knows without a server', async () => {
  const without = aSession(aServer({ 'POST /auth/refresh': null }));
  await without.session.start();
  expect(without.session.state.get().type).toBe('signed-out');
  const away = aSession(
    aServer({ 'POST /auth/refresh': new DomainError('unavailable', 'The server cannot be reached.') }),
  );
  await away.session.start();
  expect(away.session.state.get().type).toBe('unreachable');
});

test('the same person coming back keeps their device, another gets one of their own', async () => {
  const answers: Record<string, unknown> = { 'POST /auth/login': { user: ana, remember: false } };
  const { session, opened } = aSession(aServer(answers));
  const credentials = { username: 'ana', password: 'correct horse battery' };
  await session.signIn(credentials, nothing);
  const first = session.state.get();
  await session.signIn(credentials, nothing);
  expect(opened).toEqual([{ closed: false, started: 2, keep: false }]);
  expect(session.state.get()).toMatchObject({ device: first.type === 'signed-in' ? first.device : null });

  answers['POST /auth/login'] = { user: { ...ana, id: 'somebody else' }, remember: false };
  await session.signIn(credentials, nothing);
  expect(opened).toEqual([
    { closed: true, started: 2, keep: false },
    { closed: false, started: 1, keep: false },
  ]);
});

test('signing out closes the device before the server has answered', async () => {
  const { session, opened, deleted } = aSession({
    ...aServer({ 'POST /auth/refresh': { user: ana, remember: false } }),
    signOut: () => new Promise(() => {}),
  });
  await session.start();
  session.signOut(nothing);
  expect(session.state.get().type).toBe('signed-out');
  expect(opened).toEqual([{ closed: true, started: 1, keep: false }]);
  expect(deleted).toEqual([ana.id]);
  expect(session.isLikely).toBe(false);
});

test('a refused sign-in leaves everything as it was', async () => {
  const refusal = new DomainError('invalid_credentials', 'This is not the password.');
  const { session, opened } = aSession(aServer({ 'POST /auth/refresh': null, 'POST /auth/login': refusal }));
  await session.start();
  await expect(session.signIn({ username: 'ana', password: 'x' }, nothing)).rejects.toThrow(refusal);
  expect(session.state.get().type).toBe('signed-out');
  expect(opened).toEqual([]);
});

test('who asked to be remembered sees what is on the device before the server has answered, or without it', async () => {
  const answers: Record<string, unknown> = { 'POST /auth/login': { user: ana, remember: true } };
  const first = aSession(aServer(answers));
  await first.session.signIn({ username: 'ana', password: 'correct horse battery', remember: true }, nothing);
  expect(first.opened).toEqual([{ closed: false, started: 1, keep: true }]);

  const answer = Promise.withResolvers<null>();
  const next = aSession({ ...aServer({}), resume: () => answer.promise });
  next.storage.setItem('tend.account', first.storage.getItem('tend.account') ?? '');
  const starting = next.session.start();
  await expect.poll(() => next.session.state.get().type).toBe('signed-in');
  expect(next.opened).toEqual([{ closed: false, started: 0, keep: true }]);
  answer.reject(new DomainError('unavailable', 'The server cannot be reached.'));
  await starting;
  expect(next.session.state.get().type).toBe('signed-in');
  expect(next.opened).toEqual([{ closed: false, started: 1, keep: true }]);
});

test('a page that is left while the device opens, or was signed in elsewhere, keeps who asked to be remembered', async () => {
  const answers = {
    'POST /auth/login': { user: ana, remember: true },
    'POST /auth/refresh': { user: ana, remember: true },
  };
  const left = aSession(aServer(answers));
  const entering = left.session.signIn({ username: 'ana', password: 'correct horse battery', remember: true }, nothing);
  await expect.poll(() => left.opened).toHaveLength(1);
  left.session.close();
  await entering;
  expect(left.storage.getItem('tend.account')).toContain(ana.id);

  const next = aSession(aServer(answers));
  await next.session.start();
  expect(next.opened).toEqual([{ closed: false, started: 1, keep: true }]);
  expect(next.storage.getItem('tend.account')).toContain(ana.id);
});

test('a session that ended elsewhere shows the form, unless something has not been sent', async () => {
  const account = JSON.stringify(ana);
  const ended = aSession(aServer({ 'POST /auth/refresh': null }));
  ended.storage.setItem('tend.account', account);
  await ended.session.start();
  expect(ended.session.state.get().type).toBe('signed-out');
  expect(ended.deleted).toEqual([]);

  const waiting = aSession(aServer({ 'POST /auth/refresh': null }));
  waiting.storage.setItem('tend.account', account);
  waiting.replica.mutate(createTask, { id: id(70), projectId: INBOX, title: 'Not sent', rank: 'a0' });
  await waiting.session.start();
  expect(waiting.session.state.get().type).toBe('signed-in');
});

test('what was being removed when the page ended is removed at the next start', async () => {
  const { session, deleted, storage } = aSession(aServer({ 'POST /auth/refresh': null }));
  storage.setItem('tend.wipe', 'somebody');
  await session.start();
  expect(deleted).toEqual(['somebody']);
  expect(storage.getItem('tend.wipe')).toBeNull();
});
