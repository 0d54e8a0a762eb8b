import { afterAll, beforeAll, expect, test } from 'vitest';
import { updateSettings } from '#core/users/user-mutators.ts';
import { failureOf } from '#cli/exit-codes.ts';
import { createProgram } from '#cli/program.ts';
import { collectOutput } from '#tests/support/collected-output.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';

let app: TestApp;
let ana: TestPrincipal;

beforeAll(async () => {
  app = await createTestApp();
  ana = await app.signUp('ana');
  const { body: work } = await app.call('POST', '/projects', { as: ana, body: { name: 'Work' } });
  await app.call('POST', `/projects/${String(work['id'])}/sections`, { as: ana, body: { name: 'Backlog' } });
  await app.context.write.execute({
    actor: { userId: ana.userId, instanceRole: 'user', source: 'web' },
    atomic: true,
    mutations: [{ uid: app.context.newId(), name: updateSettings.key, args: { locale: 'de-DE' } }],
  });
});
afterAll(() => app[Symbol.asyncDispose]());

async function tend(...words: string[]): Promise<string[]> {
  const output = collectOutput();
  const instance = { context: app.context, effects: app.effects, [Symbol.asyncDispose]: async () => undefined };
  const program = createProgram({ output, openInstance: async () => instance }, async () => '');
  await program.parseAsync(words, { from: 'user' });
  return output.lines;
}

const tasks = async () =>
  (await app.call<{ items: { title: string }[] }>('GET', '/tasks', { as: ana })).body.items.map(({ title }) => title);

test('a line becomes a task with the names and the language of the user', async () => {
  expect(await tend('add', '-u', 'Ana', 'Anruf 2026-12-01 um 15 Uhr #work /backlog !hoch @Bank {2026-12-10}')).toEqual([
    'Added “Anruf” to Work / Backlog.',
    '  date         2026-12-01 15:00',
    '  deadline     2026-12-10',
    '  priority     1',
    '  labels       Bank',
  ]);
  const { body } = await app.call<{ items: object[] }>('GET', '/tasks', { as: ana });
  expect(body.items).toMatchObject([
    { title: 'Anruf', date: '2026-12-01', time: '15:00', priority: 1, deadline: '2026-12-10', labels: ['Bank'] },
  ]);
  expect((await app.call<{ items: object[] }>('GET', '/labels', { as: ana })).body.items).toMatchObject([
    { name: 'Bank' },
  ]);
});

test('words need no quotes, the only account no name, and JSON is the task as the API shows it', async () => {
  const printed = await tend('add', 'Buy', 'milk', '--json');
  const task = JSON.parse(printed.join('\n')) as { id: string };
  expect(task).toMatchObject({ title: 'Buy milk', priority: 4 });
  expect((await app.call('GET', `/tasks/${task.id}`, { as: ana })).body).toEqual(task);
});

test('a dry run changes nothing', async () => {
  const before = await tasks();
  expect(await tend('add', '-u', 'ana', '--dry-run', 'Gießen alle 3 Tage 2026-12-01 // im Flur')).toEqual([
    'Would add “Gießen” to the inbox.',
    '  date         2026-12-01',
    '  repeats      FREQ=DAILY;INTERVAL=3 (2026-12-01, 2026-12-04, 2026-12-07, 2026-12-10, 2026-12-13)',
    '  description  im Flur',
  ]);
  const meaning = JSON.parse((await tend('add', '-u', 'ana', '--dry-run', '--json', 'Buy !1')).join('\n')) as object;
  expect(meaning).toMatchObject({ title: 'Buy', priority: 1, tokens: [{ start: 4, end: 6, kind: 'priority' }] });
  expect(await tasks()).toEqual(before);
});

test('what cannot be added is refused with a reason', async () => {
  expect(await tend('add', '-u', 'nobody', 'Buy').catch(failureOf)).toEqual({
    message: 'This user does not exist, or you have no access to it.',
    status: 66,
  });
  expect(await tend('add', '-u', 'ana', '#Work').catch(failureOf)).toMatchObject({
    message: expect.stringContaining('The line says everything but what to do.'),
    status: 65,
  });
});
