import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { ana, anAccount, aServer } from '#tests/support/web-harness.tsx';
import type { Device } from '#web/api/device.ts';
import type { SessionApi } from '#web/api/session.ts';
import { Session } from './session.ts';

function aSession(api: SessionApi) {
  const kept = new Map<string, string>();
  const opened: { closed: boolean; started: number }[] = [];
  const openDevice = (): Device => {
    const record = { closed: false, started: 0 };
    opened.push(record);
    const sync = { start: () => void record.started++ };
    return { replica: anAccount(), sync, close: () => void (record.closed = true) } as unknown as Device;
  };
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return { session: new Session({ api, openDevice, storage }), opened };
}

const nothing = () => {};

test('the session of the cookie is gone on with', async () => {
  const { session, opened } = aSession(aServer({ 'POST /auth/refresh': ana }));
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
  const answers: Record<string, unknown> = { 'POST /auth/login': { user: ana } };
  const { session, opened } = aSession(aServer(answers));
  const credentials = { username: 'ana', password: 'correct horse battery' };
  await session.signIn(credentials, nothing);
  const first = session.state.get();
  await session.signIn(credentials, nothing);
  expect(opened).toEqual([{ closed: false, started: 1 }]);
  expect(session.state.get()).toMatchObject({ device: first.type === 'signed-in' ? first.device : null });

  answers['POST /auth/login'] = { user: { ...ana, id: 'somebody else' } };
  await session.signIn(credentials, nothing);
  expect(opened).toEqual([
    { closed: true, started: 1 },
    { closed: false, started: 0 },
  ]);
});

test('signing out closes the device before the server has answered', async () => {
  const { session, opened } = aSession({
    ...aServer({ 'POST /auth/refresh': ana }),
    signOut: () => new Promise(() => {}),
  });
  await session.start();
  session.signOut(nothing);
  expect(session.state.get().type).toBe('signed-out');
  expect(opened).toEqual([{ closed: true, started: 0 }]);
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
