import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { deleteProject } from '#core/projects/project-mutators.ts';
import { deleteTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { aMember, aProject, aTask, id } from '#tests/support/replica-fixture.ts';
import { anAccount, INBOX, renderInShell } from '#tests/support/web-harness.tsx';
import { emptyTrash, mayHandle } from './use-trash.ts';
import { trashItems } from './trash-model.ts';
import { TrashPage } from './trash-page.tsx';

const HOME = id(10);
const TEAM = id(11);

// happy-dom lays nothing out, so that a window of rows would be empty.
vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800);

afterEach(cleanup);

function aFilledAccount() {
  return anAccount([
    ['project', aProject({ id: HOME, name: 'Home' })],
    ['member', aMember(HOME)],
    ['task', aTask({ id: id(100), projectId: HOME, title: 'Inside' })],
    ['task', aTask({ id: id(101), projectId: INBOX, title: 'Buy milk' })],
    ['task', aTask({ id: id(102), projectId: INBOX, parentId: id(101), title: 'Oat milk' })],
  ]);
}

test('an empty trash says how long things stay in it', async () => {
  await renderInShell(<TrashPage />);
  expect(screen.getByText('Trash is empty')).toBeTruthy();
  expect(screen.getByText('Deleted items stay 30 days.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Empty Trash' })).toBeNull();
});

test('a task is restored with its subtasks', async () => {
  const replica = aFilledAccount();
  replica.mutate(deleteTask, { id: id(101) });
  await renderInShell(<TrashPage />, { replica });
  expect(screen.getByText(/with 1 subtask/)).toBeTruthy();
  expect(screen.queryByText('Oat milk')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Restore Buy milk' }));
  expect(replica.get('task', id(102))?.deletedAt).toBeNull();
  expect(screen.getByText('Trash is empty')).toBeTruthy();
});

test('what others deleted in a project where I only look on is shown and left alone', () => {
  const replica = anAccount([
    ['project', aProject({ id: TEAM, name: 'Team' })],
    ['member', aMember(TEAM, 'viewer')],
    ['task', aTask({ id: id(100), projectId: TEAM, deletedAt: '2026-11-20T10:00:00.000Z' })],
    ['task', aTask({ id: id(101), projectId: INBOX, deletedAt: '2026-11-20T10:00:00.000Z' })],
  ]);
  const items = trashItems({
    projects: replica.all('project').values(),
    sections: [],
    tasks: replica.all('task').values(),
  });
  expect(items.map((item) => mayHandle(replica, item))).toEqual([false, true]);
  act(() => emptyTrash(replica, items));
  expect([...replica.all('task').keys()]).toEqual([id(100)]);
});

test('a deleted project names how many tasks went with it', async () => {
  const replica = aFilledAccount();
  replica.mutate(deleteProject, { id: HOME });
  await renderInShell(<TrashPage />, { replica });
  expect(screen.getByText(/Project with 1 task/)).toBeTruthy();
});
