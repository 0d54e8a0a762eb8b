import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useMemo, useRef } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';
import { ReplicaProvider, useReplica } from '#web/replica/use-query.ts';
import { taskShortcuts } from '#web/tasks/task-shortcuts.ts';
import { createKeymap } from '#web/ui/keymap.ts';
import { KeymapContext, useKeymapListener } from '#web/ui/use-keymap.ts';
import { createNotices, NoticesContext } from '#web/undo/notices.ts';
import { aMember, aProject, aReplica, aTask, deltasOf, id, type KindRow } from '#tests/support/replica-fixture.ts';
import { createFolds } from './folds.ts';
import { projectDefinition } from './project-definition.ts';
import { TaskList } from './task-list.tsx';
import { LEAVE_AFTER_MS } from './task-view.ts';
import { useTaskView } from './use-task-view.ts';

const INBOX = id(10);
const metrics = { coarse: false, width: 800 };

beforeEach(() => {
  // happy-dom has no layout: the list starts at the top of a scroller of known height.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(720);
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 800, 720));
  history.replaceState(null, '', '/inbox');
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function List({ writable }: { writable: boolean }) {
  const replica = useReplica();
  const folds = useRef(createFolds('test', null));
  const definition = useMemo(
    () =>
      projectDefinition(replica, {
        projectId: INBOX,
        showCompleted: false,
        writable,
        metrics,
        folds: folds.current,
      }),
    [replica, writable],
  );
  const { view, rows } = useTaskView(definition);
  return (
    <main data-region="main" data-scroll-container="" tabIndex={-1}>
      <TaskList label="Inbox" view={view} rows={rows} writable={writable} renderOther={() => null} />
    </main>
  );
}

const keymap = createKeymap({ apple: false });
let notices = createNotices();

function App({ replica, writable }: { replica: Replica; writable: boolean }) {
  useKeymapListener(keymap);
  return (
    <ReplicaProvider replica={replica}>
      <NoticesContext value={notices}>
        <KeymapContext value={keymap}>
          <List writable={writable} />
        </KeymapContext>
      </NoticesContext>
    </ReplicaProvider>
  );
}

function show(tasks: readonly (Partial<Task> & { id: string })[], { writable = true } = {}): Replica {
  // Its timers are those of the test.
  notices = createNotices();
  const replica = aReplica([
    ['project', aProject({ id: INBOX, name: 'Inbox', inbox: true })],
    ['member', aMember(INBOX)],
    ...tasks.map((task): KindRow => ['task', aTask({ projectId: INBOX, ...task })]),
  ]);
  render(<App replica={replica} writable={writable} />);
  return replica;
}

const three = [
  { id: id(101), title: 'Milk', rank: 'a1' },
  { id: id(102), title: 'Bread', rank: 'a2' },
  { id: id(103), title: 'Eggs', rank: 'a3' },
];

function row(title: string): HTMLElement {
  const found = screen.getByText(title).closest<HTMLElement>('[role="row"]');
  if (!found) throw new Error(`no row ${title}`);
  return found;
}

const titles = () =>
  [...document.querySelectorAll('[data-row-key] .task-title-text')].map((element) => element.textContent);

function press(key: string, init: KeyboardEventInit = {}): void {
  const code = /^\d$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code, ...init });
}

function focus(title: string): void {
  act(() => row(title).focus());
}

test('the list is a treegrid whose rows name their task', () => {
  show([...three, { id: id(111), title: 'Oat', parentId: id(101) }]);
  const grid = screen.getByRole('treegrid', { name: 'Inbox' });
  expect(grid.getAttribute('aria-rowcount')).toBe('5');
  expect(titles()).toEqual(['Milk', 'Oat', 'Bread', 'Eggs']);
  expect(row('Milk').getAttribute('aria-expanded')).toBe('true');
  expect(row('Oat').getAttribute('aria-level')).toBe('2');
  fireEvent.click(within(row('Milk')).getByRole('button', { name: 'Subtasks of Milk' }));
  expect(titles()).toEqual(['Milk', 'Bread', 'Eggs']);
});

test('E completes the focused task, says how it went, and the row stays for a moment', () => {
  vi.useFakeTimers();
  const replica = show(three);
  focus('Bread');
  press('e');
  expect(replica.get('task', id(102))?.completedAt).not.toBeNull();
  expect(titles()).toEqual(['Milk', 'Bread', 'Eggs']);
  expect(within(row('Bread')).getByRole('checkbox').getAttribute('aria-checked')).toBe('true');
  act(() => void vi.advanceTimersByTime(500));
  expect(notices.announcer.text('polite')).toContain('Completed Bread.');
  act(() => void vi.advanceTimersByTime(LEAVE_AFTER_MS));
  expect(titles()).toEqual(['Milk', 'Eggs']);
});

test('digits set the priority, + and - move the date, Shift+T takes it away', () => {
  const replica = show(three);
  focus('Milk');
  press('2');
  expect(replica.get('task', id(101))?.priority).toBe(2);
  press('+');
  const tomorrow = replica.get('task', id(101))?.date;
  press('-');
  expect(replica.get('task', id(101))?.date?.localeCompare(tomorrow ?? '')).toBe(-1);
  press('T', { shiftKey: true });
  expect(replica.get('task', id(101))?.date).toBeNull();
});

test('F2 renames in place: Enter saves, Escape keeps the old title', () => {
  const replica = show(three);
  focus('Milk');
  press('F2');
  fireEvent.change(screen.getByRole('textbox', { name: 'Title' }), { target: { value: ' Oat milk ' } });
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Title' }), { key: 'Enter' });
  expect(replica.get('task', id(101))?.title).toBe('Oat milk');
  expect(document.activeElement).toBe(row('Oat milk'));
  press('F2');
  fireEvent.change(screen.getByRole('textbox', { name: 'Title' }), { target: { value: 'Nothing' } });
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Title' }), { key: 'Escape' });
  expect(replica.get('task', id(101))?.title).toBe('Oat milk');
});

test('O adds below the focused task and goes on; Escape leaves', () => {
  show(three);
  focus('Milk');
  press('o');
  for (const title of ['One', 'Two']) {
    const field = screen.getByRole('textbox', { name: 'New task' });
    fireEvent.change(field, { target: { value: title } });
    fireEvent.keyDown(field, { key: 'Enter' });
  }
  expect(titles()).toEqual(['Milk', 'One', 'Two', 'Bread', 'Eggs']);
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'New task' }), { key: 'Escape' });
  expect(screen.queryByRole('textbox', { name: 'New task' })).toBeNull();
  expect(document.activeElement).toBe(row('Two'));
});

test('single keys do nothing while somebody types', () => {
  const replica = show(three);
  focus('Milk');
  press('a');
  const field = screen.getByRole('textbox', { name: 'New task' });
  field.focus();
  press('e');
  press('Delete');
  expect([...replica.all('task').values()].every((task) => !task.completedAt && !task.deletedAt)).toBe(true);
});

test('a viewer sees the tasks and can change none', () => {
  const replica = show(three, { writable: false });
  expect(screen.queryByRole('button', { name: 'Add task' })).toBeNull();
  focus('Milk');
  for (const key of ['e', '1', 'Delete', 'a', 'o', '+']) press(key);
  expect(replica.get('task', id(101))).toMatchObject({ completedAt: null, priority: 4, deletedAt: null, date: null });
  expect(replica.all('task').size).toBe(3);
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('a change of one task renders its row and no other', () => {
  const replica = show(three);
  const before = row('Bread').innerHTML;
  const changed: Node[] = [];
  const observer = new MutationObserver((records) => changed.push(...records.map((record) => record.target)));
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  act(() => void replica.mutate(updateTask, { id: id(101), title: 'Oat milk' }));
  const targets = [...changed, ...observer.takeRecords().map((record) => record.target)];
  observer.disconnect();
  expect(targets.length).toBeGreaterThan(0);
  for (const target of targets) expect(row('Oat milk').contains(target)).toBe(true);
  expect(row('Bread').innerHTML).toBe(before);
});

test('a change of another device to the focused task is announced, an own one is not', () => {
  vi.useFakeTimers();
  const replica = show(three);
  focus('Milk');
  act(() => void replica.mutate(updateTask, { id: id(101), title: 'Oat milk' }));
  act(() => void vi.advanceTimersByTime(500));
  expect(notices.announcer.text('polite')).toBe('');
  const base = replica.baseRow('task', id(101));
  const [delta] = deltasOf(
    [['task', { ...aTask({ projectId: INBOX, id: id(101) }), ...base, priority: 1, rev: 9 }]],
    2,
  );
  act(() => {
    replica.applyPull({ gone: [], staged: [], scopes: [{ ...delta!, sum: Number.NaN }], last: 0 }, []);
  });
  act(() => void vi.advanceTimersByTime(500));
  expect(notices.announcer.text('polite')).toBe('Changed elsewhere: it has priority 1.');
});

test('every shortcut of a task is its own', () => {
  const keys = taskShortcuts.flatMap((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
});
