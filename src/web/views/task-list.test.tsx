import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Profiler, useMemo, useRef } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import { draftAdder, draftAssist } from '#web/quick-add/draft-code.ts';
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
import { LEAVE_AFTER_MS } from './leaving-tasks.ts';
import type { Narrow } from './narrow.ts';
import { useTaskView } from './use-task-view.ts';

const INBOX = id(10);
const metrics = { coarse: false, width: 800 };

beforeAll(() => Promise.all([draftAdder.load(), draftAssist.load(), import('#web/ui/menu-overlay.tsx')]));
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

interface ListProps {
  writable: boolean;
  narrow?: Narrow | null;
}

function List({ writable, narrow = null }: ListProps) {
  const replica = useReplica();
  const folds = useRef(createFolds('test', null));
  const definition = useMemo(() => {
    const options = { projectId: INBOX, showCompleted: false, writable, metrics, folds: folds.current };
    return projectDefinition(replica, options);
  }, [replica, writable]);
  const { view, rows } = useTaskView(definition, narrow);
  return (
    <main data-region="main" data-scroll-container="" tabIndex={-1}>
      <TaskList label="Inbox" view={view} rows={rows} writable={writable} renderOther={() => null} />
    </main>
  );
}

const keymap = createKeymap({ apple: false });
let notices = createNotices();

function App({ replica, ...list }: ListProps & { replica: Replica }) {
  useKeymapListener(keymap);
  return (
    <ReplicaProvider replica={replica}>
      <NoticesContext value={notices}>
        <KeymapContext value={keymap}>
          <List {...list} />
        </KeymapContext>
      </NoticesContext>
    </ReplicaProvider>
  );
}

function anInboxOf(tasks: readonly (Partial<Task> & { id: string })[]): Replica {
  return aReplica([
    ['project', aProject({ id: INBOX, name: 'Inbox', inbox: true })],
    ['member', aMember(INBOX)],
    ...tasks.map((task): KindRow => ['task', aTask({ projectId: INBOX, ...task })]),
  ]);
}

function show(tasks: readonly (Partial<Task> & { id: string })[], { writable = true } = {}): Replica {
  // Its timers are those of the test.
  notices = createNotices();
  const replica = anInboxOf(tasks);
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

test('a line in the list is understood, and pasted lines are asked about', async () => {
  const replica = show(three);
  focus('Milk');
  press('o');
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New task' });
  fireEvent.change(field, { target: { value: 'Call Ben !1 @phone' } });
  expect([...document.querySelectorAll('.draft-pill')].map((pill) => pill.textContent)).toEqual(['!1', '@phone']);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(titles()).toEqual(['Milk', 'Call Ben', 'Bread', 'Eggs']);
  expect([...replica.all('task').values()].at(-1)).toMatchObject({ title: 'Call Ben', priority: 1, labels: ['phone'] });
  fireEvent.paste(field, { clipboardData: { getData: () => 'One\nTwo !2' } });
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Add 2 tasks' }));
  expect(titles()).toEqual(['Milk', 'Call Ben', 'One', 'Two', 'Bread', 'Eggs']);
  act(() => void replica.undo());
  expect(titles()).toEqual(['Milk', 'Call Ben', 'Bread', 'Eggs']);
});

test('a line whose grammar is still being fetched is held, added when it is here, and opens nothing again', async () => {
  const code = draftAdder.get();
  if (!code) throw new Error('the grammar is here');
  const { promise: fetched, resolve: arrive } = Promise.withResolvers<typeof code>();
  vi.spyOn(draftAdder, 'get').mockReturnValue(null);
  vi.spyOn(draftAdder, 'load').mockReturnValue(fetched);
  const asks = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  show(three);
  focus('Milk');
  press('o');
  const field = screen.getByRole('textbox', { name: 'New task' });
  fireEvent.change(field, { target: { value: 'One' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(asks()).toBe(true);
  await act(async () => arrive(code));
  expect(titles()).toEqual(['Milk', 'One', 'Bread', 'Eggs']);
  expect(screen.queryByRole('textbox', { name: 'New task' })).toBeNull();
  expect(asks()).toBe(false);
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

test('a list that takes the place of another is drawn once, a new one has its titles first', () => {
  const tasks = Array.from({ length: 60 }, (_, index) => ({
    id: id(101 + index),
    rank: `a${String.fromCodePoint(65 + index)}`,
    priority: index < 40 ? (2 as const) : (1 as const),
  }));
  const replica = anInboxOf(tasks);
  // What each commit shows: how many tasks, and of how many of them the details.
  const commits: [titles: number, details: number][] = [];
  const note = () =>
    commits.push([titles().length, document.querySelectorAll('.task-meta [aria-label^="Priority"]').length]);
  const ui = (narrow: Narrow | null) => (
    <Profiler id="list" onRender={note}>
      <App replica={replica} writable narrow={narrow} />
    </Profiler>
  );
  const { rerender } = render(ui(null));
  const [mounted = 0] = commits[0] ?? [];
  expect(mounted).toBeGreaterThan(0);
  expect(commits[0]).toEqual([mounted, 0]);
  expect(commits.at(-1)).toEqual([mounted, mounted]);
  commits.length = 0;
  rerender(ui(({ priority }) => priority === 1));
  expect(commits.find(([shown]) => shown === 20)).toEqual([20, 20]);
});

test('a list that is narrowed keeps what stays in it, and the task that is being written wherever it was', () => {
  const replica = anInboxOf(three.map((task, index) => ({ ...task, priority: index === 0 ? 1 : 4 })));
  const { rerender } = render(<App replica={replica} writable />);
  const element = row('Milk');
  focus('Bread');
  press('o');
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New task' });
  fireEvent.change(field, { target: { value: 'Oat mi' } });
  rerender(<App replica={replica} writable narrow={({ priority }) => priority === 1} />);
  expect(titles()).toEqual(['Milk']);
  expect(row('Milk')).toBe(element);
  expect(screen.getByRole('textbox', { name: 'New task' })).toBe(field);
  expect(field.value).toBe('Oat mi');
  rerender(<App replica={replica} writable />);
  expect(titles()).toEqual(['Milk', 'Bread', 'Eggs']);
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
