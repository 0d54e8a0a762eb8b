import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { describeTask } from '#core/tasks/description-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import { aMember, aProject, aTask, id } from '#tests/support/replica-fixture.ts';
import { anAccount, INBOX, renderInShell } from '#tests/support/web-harness.tsx';
import { AttentionDialog } from './attention-dialog.tsx';
import { attemptMemoryOf } from './attempt-memory.ts';

const TEAM = id(11);
const MILK = id(100);
const ROOF = id(101);

afterEach(() => {
  cleanup();
  localStorage.clear();
});

function aTeam(): Replica {
  return anAccount([
    ['project', aProject({ id: TEAM, name: 'Team' })],
    ['member', aMember(TEAM)],
    ['task', aTask({ id: MILK, projectId: INBOX, title: 'Milk' })],
    ['task', aTask({ id: ROOF, projectId: TEAM, title: 'Roof' })],
  ]);
}

function refuse(replica: Replica, uid: string, code: string, detail: string): void {
  replica.rebase(() => void replica.outbox.reject(uid, code, detail));
}

/** Two changes of a project that is taken away, and one of a task that stays. */
async function open() {
  const replica = aTeam();
  const stop = attemptMemoryOf(replica).start();
  const described = replica.mutate(describeTask, { id: ROOF, base: '', description: 'Tiles first' });
  const completed = replica.mutate(completeTask, { id: ROOF });
  const renamed = replica.mutate(updateTask, { id: MILK, title: 'Oat milk', priority: 2 });
  replica.applyPull({ gone: [`p:${TEAM}`], staged: [], scopes: [], last: 0 }, []);
  refuse(replica, described, 'not_found', 'This task does not exist, or you have no access to it.');
  refuse(replica, completed, 'not_found', 'This task does not exist, or you have no access to it.');
  refuse(replica, renamed, 'validation_failed', 'No such title.');
  stop();
  const harness = await renderInShell(<AttentionDialog onClose={() => {}} />, { replica });
  // The code of dialogs is loaded for the first test.
  await screen.findByText('Needs attention', {}, { timeout: 20_000 });
  return { ...harness, replica };
}

test('each change says what it was, why it was refused, and what was written', async () => {
  await open();
  const own = screen.getByRole('region', { name: 'Refused change' });
  expect(own.textContent).toContain('Edit task “Oat milk” in “Inbox”');
  expect(own.textContent).toContain('No such title.');
  expect(own.textContent).toContain('Priority: 2');
  const lost = screen.getByRole('region', { name: 'Changes in Team' });
  expect(lost.textContent).toContain('You no longer have access to “Team”. 2 changes did not reach it.');
  expect(lost.textContent).toContain('Edit the description of “Roof” in “Team”');
  expect(lost.textContent).toContain('Tiles first');
});

test('a project that goes after its changes were refused is told of in the open dialog', async () => {
  const replica = aTeam();
  const stop = attemptMemoryOf(replica).start();
  const described = replica.mutate(describeTask, { id: ROOF, base: '', description: 'Tiles first' });
  refuse(replica, described, 'not_found', 'This task does not exist, or you have no access to it.');
  stop();
  await renderInShell(<AttentionDialog onClose={() => {}} />, { replica });
  const own = await screen.findByRole('region', { name: 'Refused change' }, { timeout: 20_000 });
  expect(own.textContent).toContain('This task does not exist');
  screen.getByRole('button', { name: 'Keep server version' }).focus();
  act(() => void replica.applyPull({ gone: [`p:${TEAM}`], staged: [], scopes: [], last: 0 }, []));
  expect(screen.queryByRole('region', { name: 'Refused change' })).toBe(null);
  const lost = screen.getByRole('region', { name: 'Changes in Team' });
  expect(lost.textContent).toContain('You no longer have access to “Team”.');
  expect(document.activeElement?.textContent).toBe('Keep server version');
});

test('changes that are told in another order keep the focus of each', async () => {
  const replica = aTeam();
  const stop = attemptMemoryOf(replica).start();
  const described = replica.mutate(describeTask, { id: ROOF, base: '', description: 'Tiles first' });
  const renamed = replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  const completed = replica.mutate(completeTask, { id: ROOF });
  for (const uid of [described, renamed, completed]) refuse(replica, uid, 'not_found', 'This task does not exist.');
  stop();
  await renderInShell(<AttentionDialog onClose={() => {}} />, { replica });
  await screen.findAllByRole('region', { name: 'Refused change' }, { timeout: 20_000 });
  const item = () => document.activeElement?.closest('[data-attention-item]')?.textContent;
  screen.getAllByRole('button', { name: 'Keep server version' }).at(-1)?.focus();
  expect(item()).toContain('Edit the description of “Roof”');
  act(() => void replica.applyPull({ gone: [`p:${TEAM}`], staged: [], scopes: [], last: 0 }, []));
  expect(item()).toContain('Edit the description of “Roof”');
  expect(document.activeElement?.textContent).toBe('Keep server version');
});

test('keeping the version of the server takes the change off the list, and focus goes on', async () => {
  const { replica } = await open();
  const [first] = screen.getAllByRole('button', { name: 'Keep server version' });
  first?.focus();
  fireEvent.click(first as HTMLElement);
  expect(replica.rejected.get()).toHaveLength(2);
  expect(replica.get('task', MILK)?.title).toBe('Milk');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Try again'));
});

test('a copy is a task of the inbox with what was written', async () => {
  const { replica } = await open();
  const [, roof] = screen.getAllByRole('button', { name: 'Save a copy to Inbox' });
  fireEvent.click(roof as HTMLElement);
  const copies = [...replica.all('task').values()].filter((task) => task.title === 'Roof' && task.projectId === INBOX);
  expect(copies).toMatchObject([{ description: 'Tiles first' }]);
  expect(replica.rejected.get()).toHaveLength(2);
  expect(await screen.findByText('Saved to Inbox.')).toBeTruthy();
});

test('all texts of a lost project are saved at once', async () => {
  const { replica } = await open();
  fireEvent.click(screen.getByRole('button', { name: 'Save copies of all texts to Inbox' }));
  expect(replica.rejected.get().map(({ name }) => name)).toEqual(['task.update@1']);
  expect([...replica.all('task').values()].map((task) => task.title).toSorted()).toEqual(['Milk', 'Roof']);
});

test('trying again sends the change anew, or says why not even that is possible', async () => {
  const { replica } = await open();
  const retry = screen.getAllByRole('button', { name: 'Try again' });
  fireEvent.click(retry[1] as HTMLElement);
  expect(screen.getByRole('alert').textContent).toContain('does not exist');
  fireEvent.click(retry[0] as HTMLElement);
  expect(replica.get('task', MILK)?.title).toBe('Oat milk');
  expect(replica.outbox.state.pending).toMatchObject([{ name: 'task.update@1' }]);
  expect(replica.rejected.get()).toHaveLength(2);
});

test('when everything is decided, nothing needs attention', async () => {
  await open();
  fireEvent.click(screen.getByRole('button', { name: 'Keep server version of all' }));
  fireEvent.click(screen.getByRole('button', { name: 'Keep server version' }));
  expect(screen.getByText('Nothing needs attention.')).toBeTruthy();
});
