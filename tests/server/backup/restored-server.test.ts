import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AccountCard } from '#core/actor.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { HttpClient, type TokenAnswer } from '#web/api/http-client.ts';
import { createSyncTransport } from '#web/api/sync-http-transport.ts';
import { Replica } from '#web/replica/replica.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import { browserEnvironment } from '#web/replica/sync-transport.ts';
import { startTend, type TendProcess } from '#tests/support/tend-process.ts';
import { newId } from '#tests/support/write-world.ts';
import { backUp, type BackupPlace, backupPlace, restoreOptions } from './backup-world.ts';

const PASSWORD = 'correct horse battery staple';

/** A server that can be stopped and started again on the same data, at another port each time. */
async function serverOn({ target, directory }: BackupPlace) {
  const env = { DATABASE_URL: target.engine === 'sqlite' ? `sqlite:///${target.path}` : target.url };
  const start = (): Promise<TendProcess> =>
    startTend({ dataDirectory: directory, env: { ...env, CREATE_DEMO_USER: 'false', BACKUP_DAILY_AT: 'off' } });
  let running = await start();
  return {
    url: () => running.url,
    stop: () => running.stop(),
    async start() {
      running = await start();
    },
    [Symbol.asyncDispose]: async () => void (await running.stop()),
  };
}

type Server = Awaited<ReturnType<typeof serverOn>>;

/** A device as the web app has it: its replica, its sync client, its HTTP. */
async function deviceOf(server: Server, how: 'signup' | 'login') {
  const http = new HttpClient({ fetch: (input, init) => fetch(`${server.url()}${input as string}`, init) });
  const body = { username: 'ana', password: PASSWORD };
  const logIn = async (by: typeof how) => {
    const answer = await http.request<TokenAnswer<{ id: string }>>('POST', `/auth/${by}`, { body, authorized: false });
    http.adopt(answer);
    return answer;
  };
  const session = await logIn(how);
  const account: AccountCard = {
    userId: session.user.id,
    username: 'ana',
    displayName: 'ana',
    instanceRole: 'user',
    active: true,
  };
  const random = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => randomFillSync(bytes);
  const replica = new Replica({ account, clock: () => Date.now(), random });
  const client = new SyncClient({
    replica,
    transport: createSyncTransport(http),
    environment: browserEnvironment,
    live: false,
  });
  client.start();
  const settle = async (): Promise<void> => {
    client.syncNow();
    await expect
      .poll(() => client.idle && replica.status.get().loaded && replica.connection.get() === 'online', {
        timeout: 60_000,
      })
      .toBe(true);
  };
  const titles = (): string[] => [...replica.all('task').values()].map(({ title }) => title).toSorted();
  const add = (title: string): string => {
    const [inbox] = [...replica.all('project').values()];
    const id = newId();
    replica.mutate(createTask, { id, projectId: inbox?.id ?? '', title, rank: 'a0' });
    return id;
  };
  return { http, replica, client, token: session.access_token, logIn, settle, titles, add };
}

interface StoredTask {
  readonly id: string;
  readonly title: string;
  readonly completed: boolean;
}

async function serverTasks({ http }: { http: HttpClient }): Promise<StoredTask[]> {
  const { items } = await http.request<{ items: StoredTask[] }>('GET', '/tasks?limit=200');
  return items.toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** Two devices, a backup, what came after it, and the server as the backup has it. */
async function goBack(place: BackupPlace, server: Server, newEpoch?: string) {
  const phone = await deviceOf(server, 'signup');
  await phone.settle();
  const early = phone.add('Before the backup');
  await phone.settle();
  const { path } = await backUp(place.target, join(place.directory, 'monday.tar'));
  const laptop = await deviceOf(server, 'login');
  await laptop.settle();
  phone.add('After the backup');
  phone.replica.mutate(completeTask, { id: early });
  await phone.settle();
  laptop.add('From the laptop, after the backup');
  await laptop.settle();
  expect(await serverTasks(phone)).toHaveLength(3);
  phone.client.setWorkOffline(true);
  laptop.client.setWorkOffline(true);
  phone.add('Never sent');
  await server.stop();
  await restoreBackup(place.target, path, restoreOptions(place, { replace: true, newEpoch }));
  await server.start();
  return { phone, laptop, early };
}

test('devices bring back what a restored server no longer has, once each', async () => {
  await using place = await backupPlace();
  await using server = await serverOn(place);
  const { phone, laptop, early } = await goBack(place, server);
  expect(await serverTasks(phone)).toMatchObject([{ title: 'Before the backup', completed: false }]);
  phone.client.setWorkOffline(false);
  await phone.settle();
  // The laptop signed in after the backup: its session is gone, and what it had not confirmed waits for a new login.
  const headers = { authorization: `Bearer ${laptop.token}` };
  expect((await fetch(`${server.url()}/api/v1/me`, { headers })).status).toBe(401);
  await laptop.logIn('login');
  laptop.client.setWorkOffline(false);
  laptop.client.start();
  await laptop.settle();
  await phone.settle();
  const all = ['After the backup', 'Before the backup', 'From the laptop, after the backup', 'Never sent'];
  const stored = await serverTasks(phone);
  expect(stored.map(({ title }) => title)).toEqual(all);
  expect(stored.find(({ id }) => id === early)?.completed).toBe(true);
  expect([phone.titles(), laptop.titles()]).toEqual([all, all]);
  expect([phone.replica.status.get().state, laptop.replica.status.get().state]).toEqual(['synced', 'synced']);
  phone.client.stop();
  laptop.client.stop();
}, 180_000);

test('with a new epoch devices forget it, and ask about what was never sent', async () => {
  await using place = await backupPlace();
  await using server = await serverOn(place);
  const { phone, laptop } = await goBack(place, server, newId());
  phone.client.setWorkOffline(false);
  await phone.settle();
  expect(phone.titles()).toEqual(['Before the backup']);
  expect((await serverTasks(phone)).map(({ title }) => title)).toEqual(['Before the backup']);
  expect(phone.replica.rejected.get()).toMatchObject([{ name: createTask.key, args: { title: 'Never sent' } }]);
  phone.client.stop();
  laptop.client.stop();
}, 180_000);
