import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTask } from '#core/tasks/task-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import { ANA, aMember, aProject, aTask, id, NOW } from '#tests/support/replica-fixture.ts';
import { aLabel } from '#tests/support/row-factories.ts';
import { anAccount, aServer, type HarnessOptions, INBOX, renderInShell } from '#tests/support/web-harness.tsx';
import { SearchPanel } from './search-panel.tsx';

const HOME = id(10);
const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;

afterEach(cleanup);
beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/today');
});

function aFilledAccount(): Replica {
  const comment = {
    id: id(900),
    projectId: HOME,
    taskId: id(103),
    authorId: ANA.userId,
    editedAt: null,
    deletedAt: null,
  };
  return anAccount([
    ['project', aProject({ id: HOME, name: 'Home', color: 'teal' })],
    ['member', aMember(HOME)],
    ['label', aLabel({ id: id(20), userId: ANA.userId, name: 'milky way' })],
    ['task', aTask({ id: id(100), projectId: HOME, title: 'Buy milk', date: '2026-11-22', updatedAt: at(3) })],
    ['task', aTask({ id: id(101), projectId: INBOX, title: 'Milk the cow', completedAt: NOW, updatedAt: at(2) })],
    [
      'task',
      aTask({ id: id(102), projectId: INBOX, title: 'Shopping', description: 'Get *oat milk* too', updatedAt: at(1) }),
    ],
    ['task', aTask({ id: id(103), projectId: HOME, title: 'Breakfast', updatedAt: at(0) })],
    ['comment', { ...comment, rev: 1, createdAt: NOW, updatedAt: NOW, body: 'No milk left' }],
  ]);
}

function Panel({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  return <SearchPanel text={text} onText={setText} onDone={onDone} />;
}

async function openSearch(options: HarnessOptions = {}) {
  let done = 0;
  const harness = await renderInShell(<Panel onDone={() => done++} />, { replica: aFilledAccount(), ...options });
  return { ...harness, done: () => done };
}

const field = () => screen.getByRole('combobox', { name: 'Search' });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const press = (key: string, more: object = {}) => fireEvent.keyDown(field(), { key, ...more });
const options = () => screen.queryAllByRole('option').map((option) => option.textContent);
const chosen = () => screen.getByRole('option', { selected: true }).textContent;

test('results come by kind and say where they were found, with what was looked for marked', async () => {
  await openSearch();
  type('milk');
  const tasks = within(screen.getByRole('group', { name: 'Tasks' }));
  expect(tasks.getAllByRole('option').map((option) => option.textContent)).toEqual([
    expect.stringContaining('Milk the cow'),
    expect.stringContaining('Buy milk'),
    expect.stringContaining('Shopping'),
  ]);
  expect(tasks.getAllByRole('option')[0]?.textContent).toContain('Completed');
  expect(tasks.getAllByRole('option')[1]?.textContent).toContain('Home');
  expect(tasks.getAllByRole('option')[2]?.textContent).toContain('Description: Get oat milk too');
  expect(screen.getByRole('group', { name: 'Labels' }).textContent).toContain('milky way');
  const comment = within(screen.getByRole('group', { name: 'Comments' })).getByRole('option');
  expect(comment.textContent).toContain('BreakfastComment by Ana: No milk left');
  expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toContain('milk');
});

test('arrows, Home and End move the choice, and Enter opens it in the panel', async () => {
  const { done } = await openSearch();
  type('milk');
  expect(chosen()).toContain('Milk the cow');
  expect(field().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id);
  press('ArrowDown');
  expect(chosen()).toContain('Buy milk');
  press('End');
  expect(chosen()).toContain('Search everything on the server');
  press('Home');
  press('ArrowUp');
  expect(chosen()).toContain('Milk the cow');
  press('ArrowDown');
  press('Enter');
  expect(done()).toBe(1);
  expect(location.pathname + location.search).toBe(`/today?t=${id(100)}`);
});

test('with Ctrl a task opens in its project', async () => {
  await openSearch();
  type('buy milk');
  press('Enter', { ctrlKey: true });
  expect(location.pathname).toBe(`/p/home-${HOME}`);
  expect(location.search).toBe(`?t=${id(100)}`);
});

test('what others change meanwhile does not move the choice', async () => {
  const { replica } = await openSearch();
  type('milk');
  press('ArrowDown');
  act(() => void replica.mutate(createTask, { id: id(300), projectId: INBOX, title: 'Milk', rank: 'a1' }));
  await waitFor(() => expect(options()[0]).toContain('Milk'));
  await waitFor(() => expect(options().length).toBe(7));
  expect(chosen()).toContain('Buy milk');
});

test('recent searches are offered, and can be removed one by one or all', async () => {
  await openSearch();
  expect(screen.getByText(/Finds words in titles/)).toBeTruthy();
  for (const text of ['cow', 'breakf']) {
    type(text);
    press('Enter');
  }
  type('');
  expect(options()).toEqual(['breakf', 'cow']);
  press('Delete');
  expect(options()).toEqual(['cow']);
  press('Enter');
  expect((field() as HTMLInputElement).value).toBe('cow');
  type('');
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(options()).toEqual([]);
});

test('where nothing is found it says so and offers to add a task', async () => {
  const { done } = await openSearch();
  type('zebra');
  expect(screen.getByText(/No task contains “zebra”/)).toBeTruthy();
  press('End');
  expect(chosen()).toBe('Add task “zebra”');
  press('Enter');
  expect(done()).toBe(1);
  expect(location.pathname + location.search).toBe('/add?title=zebra');
});

test('the server adds what this device does not hold, behind what is shown', async () => {
  const known = { kind: 'task', id: id(100), taskId: null, title: { text: 'Buy milk', ranges: [] }, snippet: null };
  const other = {
    kind: 'task',
    id: id(999),
    taskId: null,
    title: { text: 'Milk of 2019', ranges: [[0, 4]] },
    completed: true,
  };
  const api = aServer({ 'GET /search?q=milk&limit=50': { items: [known, other] } });
  await openSearch({ api });
  type('milk');
  const before = options().slice(0, -1);
  press('End');
  press('Enter');
  await waitFor(() => expect(screen.getByRole('group', { name: 'Only on the server' })).toBeTruthy());
  expect(options().slice(0, -1)).toEqual(before);
  expect(chosen()).toContain('Milk of 2019');
  expect(chosen()).toContain('Completed');
  press('Enter');
  expect(location.search).toBe(`?t=${id(999)}`);
});

test('a server that does not answer can be asked again', async () => {
  await openSearch();
  type('milk');
  press('End');
  press('Enter');
  await waitFor(() => expect(chosen()).toContain('The server could not be searched. Try again'));
});

test('offline it says that only this device is searched', async () => {
  const { replica } = await openSearch();
  act(() => replica.connection.set('offline'));
  type('milk');
  expect(screen.getByText('Offline: only what is on this device is searched.')).toBeTruthy();
  expect(options().join()).not.toContain('server');
});

test('many of a kind are shown when asked for', async () => {
  const tasks = Array.from({ length: 30 }, (_, n) => {
    return ['task', aTask({ id: id(400 + n), projectId: INBOX, title: `Milk ${n}` })] as const;
  });
  await openSearch({ replica: anAccount(tasks) });
  type('milk');
  expect(options()).toHaveLength(14);
  fireEvent.click(screen.getByRole('option', { name: 'Show all 30 tasks' }));
  expect(options()).toHaveLength(31);
});
