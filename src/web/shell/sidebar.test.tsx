import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labelKey } from '#core/labels/label.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { aMember, ANA, aProject, aTask, id } from '#tests/support/replica-fixture.ts';
import { aLabel } from '#tests/support/row-factories.ts';
import { anAccount, INBOX, renderInShell } from '#tests/support/web-harness.tsx';
import { addDays, todayIn } from '#web/dates/calendar-date.ts';
import { Sidebar } from './sidebar.tsx';
import { useShellKeys } from './use-shell-keys.ts';

const BEN = { ...ANA, userId: id(2), username: 'ben', displayName: 'Ben' };
const HOME = id(10);
const GARDEN = id(11);
const TEAM = id(12);

const today = todayIn('Europe/Berlin', Date.now());

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/inbox');
});
afterEach(cleanup);

function aFilledAccount() {
  return anAccount([
    ['project', aProject({ id: HOME, name: 'Home', rank: 'a1' })],
    ['member', aMember(HOME)],
    ['project', aProject({ id: GARDEN, name: 'Garden', parentId: HOME })],
    ['member', aMember(GARDEN)],
    ['project', aProject({ id: TEAM, name: 'Team', rank: 'a0' })],
    ['member', aMember(TEAM, 'viewer')],
    ['member', aMember(TEAM, 'owner', BEN)],
    ['label', aLabel({ userId: ANA.userId, name: 'errand' })],
    ['task', aTask({ id: id(100), projectId: INBOX })],
    ['task', aTask({ id: id(101), projectId: HOME, date: today, labels: ['Errand'] })],
    ['task', aTask({ id: id(102), projectId: GARDEN, date: addDays(today, -1) })],
    ['task', aTask({ id: id(103), projectId: GARDEN, date: addDays(today, -2) })],
  ]);
}

const link = (name: RegExp | string) => within(screen.getByRole('navigation')).getByRole('link', { name });

test('views, projects and labels tell how much is open, and what is overdue', async () => {
  const { replica } = await renderInShell(<Sidebar />, { replica: aFilledAccount() });
  expect(link('Inbox 1 open')).toBeTruthy();
  expect(link('Today 2 overdue 1 open')).toBeTruthy();
  expect(link('Garden 2 open')).toBeTruthy();
  expect(link('errand 1 open')).toBeTruthy();
  expect(labelKey('Errand')).toBe('errand');
  act(() => void replica.mutate(completeTask, { id: id(103) }));
  expect(link('Today 1 overdue 1 open')).toBeTruthy();
  expect(link('Garden 1 open')).toBeTruthy();
});

test('projects of others stand apart, and only writers can add to them', async () => {
  await renderInShell(<Sidebar />, { replica: aFilledAccount() });
  const shared = screen.getByRole('region', { name: 'Shared' });
  expect(within(shared).getByRole('link', { name: /^Team/ })).toBeTruthy();
  expect(within(shared).queryByRole('button', { name: 'Add task to Team' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Add task to Home' })).toBeTruthy();
});

test('a closed project hides what is below it, and stays closed', async () => {
  const first = await renderInShell(<Sidebar />, { replica: aFilledAccount() });
  fireEvent.click(screen.getByRole('button', { name: 'Close Home' }));
  expect(screen.queryByRole('link', { name: /^Garden/ })).toBeNull();
  first.unmount();
  await renderInShell(<Sidebar />, { replica: aFilledAccount() });
  expect(screen.queryByRole('link', { name: /^Garden/ })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Open Home' }));
  expect(link(/^Garden/)).toBeTruthy();
});

test('arrow keys go through the links, open and close', async () => {
  await renderInShell(<Sidebar />, { replica: aFilledAccount() });
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
  link(/^Inbox/).focus();
  press('ArrowDown');
  expect(document.activeElement).toBe(link(/^Today/));
  link(/^Home/).focus();
  press('ArrowRight');
  expect(document.activeElement).toBe(link(/^Garden/));
  press('ArrowLeft');
  expect(document.activeElement).toBe(link(/^Home/));
  press('ArrowLeft');
  expect(screen.queryByRole('link', { name: /^Garden/ })).toBeNull();
  press('End');
  expect(document.activeElement).toBe(link(/^errand/));
});

test('the page that is open is marked', async () => {
  history.replaceState(null, '', `/p/anything-${HOME}`);
  await renderInShell(<Sidebar />, { replica: aFilledAccount() });
  expect(link(/^Home/).getAttribute('aria-current')).toBe('page');
  expect(link(/^Inbox/).getAttribute('aria-current')).toBeNull();
});

test('a task added from a project goes there', async () => {
  const { opened } = await renderInShell(<Sidebar />, { replica: aFilledAccount() });
  fireEvent.click(screen.getByRole('button', { name: 'Add task to Home' }));
  expect(opened).toEqual([{ type: 'add-task', projectId: HOME }]);
});

test('search opens from the sidebar and with its key, which the help lists', async () => {
  const { opened, keymap } = await renderInShell(
    <>
      <Keys />
      <Sidebar />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: /^Search/ }));
  act(() => keymap.handle(new KeyboardEvent('keydown', { key: '/' })));
  expect(opened).toEqual([{ type: 'search' }, { type: 'search' }]);
  expect(keymap.actions().find((action) => action.keys.includes('/'))?.label).toBe('Search');
});

function Keys() {
  useShellKeys();
  return null;
}
