import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { memberId } from '#core/projects/member.ts';
import type { Task } from '#core/tasks/task.ts';
import { updateSettings } from '#core/users/user-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import { ANA, aMember, aProject, id, type KindRow } from '#tests/support/replica-fixture.ts';
import { aLabel, aSection } from '#tests/support/row-factories.ts';
import { anAccount, type Harness, INBOX, renderInShell } from '#tests/support/web-harness.tsx';
import { draftAdder, draftAssist, draftReading } from './draft-code.ts';
import { QuickAddDialog, type QuickAddDialogProps } from './quick-add-dialog.tsx';

const [WORK, HOME, BACKLOG] = [id(20), id(21), id(22)];
const BEN = id(90);

const rows: readonly KindRow[] = [
  ['project', aProject({ id: WORK, name: 'Work' })],
  ['member', aMember(WORK)],
  ['member', { ...aMember(WORK), id: memberId(WORK, BEN), userId: BEN, username: 'ben', displayName: 'Ben Okri' }],
  ['project', aProject({ id: HOME, name: 'Home Improvements' })],
  ['member', aMember(HOME)],
  ['section', aSection({ id: BACKLOG, projectId: WORK, name: 'Backlog' })],
  ['label', aLabel({ id: id(23), userId: ANA.userId, name: 'errands' })],
];

// Everything that is loaded when it is wanted, so that no test waits for it.
beforeAll(() => {
  const overlays = [
    import('#web/ui/menu-overlay.tsx'),
    import('#web/ui/popover-overlay.tsx'),
    import('#web/ui/date-popover-overlay.tsx'),
    import('#web/recurrence/repeat-dialog.tsx'),
  ];
  return Promise.all([draftAdder.load(), draftAssist.load(), draftReading.load(), ...overlays]);
});
beforeEach(() => {
  // A Wednesday.
  vi.useFakeTimers({ now: Date.parse('2026-11-18T10:00:00Z'), toFake: ['Date'] });
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

interface Shown extends Harness {
  readonly field: HTMLTextAreaElement;
  readonly closed: () => number;
}

async function show(props: Partial<QuickAddDialogProps> = {}, replica: Replica = anAccount(rows)): Promise<Shown> {
  let closed = 0;
  const harness = await renderInShell(<QuickAddDialog {...props} onClose={() => closed++} />, { replica });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New task' });
  act(() => field.focus());
  return { ...harness, field, closed: () => closed };
}

function type(field: HTMLTextAreaElement, text: string): void {
  fireEvent.input(field, { target: { value: text }, inputType: 'insertText' });
  act(() => {
    field.setSelectionRange(text.length, text.length);
    fireEvent.keyUp(field);
  });
}

const press = (field: HTMLElement, key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(field, { key, ...init });
const pills = () => [...document.querySelectorAll('.draft-pill')].map((pill) => pill.textContent);
const hints = () => [...document.querySelectorAll('.draft-weak')].map((pill) => pill.textContent);
const options = () => screen.queryAllByRole('option').map((option) => option.textContent);
const tasksOf = (replica: Replica): Task[] =>
  [...replica.all('task').values()]
    .filter(({ deletedAt }) => deletedAt === null)
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));

test('what is understood is a pill and a chip, and Enter adds the task', async () => {
  const { field, replica, closed } = await show();
  type(field, 'Call Ben tomorrow 9:00 !1 #Work /Backlog +ben @errands // about the roof');
  expect(pills()).toEqual(['tomorrow 9:00', '!1', '#Work', '/Backlog', '+ben', '@errands', '//']);
  const details = screen.getByRole('group', { name: 'Details' });
  expect(
    within(details)
      .getAllByRole('button')
      .map((chip) => chip.getAttribute('aria-label')),
  ).toEqual([
    'Date: Tomorrow 09:00',
    'Deadline',
    'Priority: Priority 1',
    'Labels: errands',
    'Repeat',
    'Assignee: Ben Okri',
    'Duration',
  ]);
  expect(screen.getByRole('button', { name: 'Project: Work, Backlog' })).toBeTruthy();
  press(field, 'Enter');
  expect(closed()).toBe(1);
  expect(tasksOf(replica)).toMatchObject([
    {
      title: 'Call Ben',
      description: 'about the roof',
      date: '2026-11-19',
      time: '09:00',
      priority: 1,
      projectId: WORK,
      sectionId: BACKLOG,
      assigneeId: BEN,
      labels: ['errands'],
    },
  ]);
});

test('Backspace behind a pill turns it back into text, and so do Escape and a second look at Alt+0', async () => {
  const { field, replica } = await show();
  type(field, 'Watch tomorrow');
  expect(pills()).toEqual(['tomorrow']);
  expect(press(field, 'Backspace')).toBe(false);
  expect(pills()).toEqual([]);
  expect(field.value).toBe('Watch tomorrow');
  // From then on Backspace is the browser's.
  expect(press(field, 'Backspace')).toBe(true);
  type(field, 'Watch tomorrow friday');
  expect(pills()).toEqual(['friday']);
  press(field, 'Escape');
  expect(pills()).toEqual([]);
  press(field, 'Enter');
  expect(tasksOf(replica)).toMatchObject([{ title: 'Watch tomorrow friday', date: null }]);
});

test('Alt+0 takes the whole line as text', async () => {
  const { field } = await show();
  type(field, 'Buy 24/7 news tomorrow !1');
  expect(pills()).toEqual(['tomorrow', '!1']);
  press(field, '0', { code: 'Digit0', altKey: true });
  expect(pills()).toEqual([]);
  press(field, '0', { code: 'Digit0', altKey: true });
  expect(pills()).toEqual(['tomorrow', '!1']);
});

test('a suggestion stays text until Tab accepts it', async () => {
  const { field, replica } = await show();
  type(field, 'Prepare Friday demo');
  expect([pills(), hints()]).toEqual([[], ['Friday']]);
  expect(screen.getByText('Fri 20 Nov')).toBeTruthy();
  press(field, 'Tab');
  expect([pills(), hints()]).toEqual([['Friday'], []]);
  press(field, 'Enter');
  expect(tasksOf(replica)).toMatchObject([{ title: 'Prepare demo', date: '2026-11-20' }]);
});

test('names are offered while they are typed, and Enter takes one before it adds', async () => {
  const { field, replica, closed } = await show();
  type(field, 'Paint #ho');
  expect(options()).toEqual(['Home Improvements↵', 'Create project “ho”']);
  expect(field.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id);
  press(field, 'Enter');
  expect(closed()).toBe(0);
  expect(field.value).toBe('Paint #Home Improvements ');
  expect(pills()).toEqual(['#Home Improvements']);
  expect(options()).toEqual([]);
  press(field, 'Enter');
  expect(tasksOf(replica)).toMatchObject([{ title: 'Paint', projectId: HOME }]);
});

test('Escape closes the list only; a name that nothing has stays text unless its project is asked for', async () => {
  const { field, replica, closed } = await show();
  type(field, 'Idea #Podcast');
  expect(options()).toEqual(['Create project “Podcast”Tab']);
  press(field, 'Escape');
  expect([options(), closed()]).toEqual([[], 0]);
  press(field, 'Enter');
  expect(tasksOf(replica)).toMatchObject([{ title: 'Idea #Podcast', projectId: INBOX }]);
});

test('a project, a section and a label are made with the task, and undone with it', async () => {
  const { field, replica } = await show();
  type(field, 'Record #Podcast');
  press(field, 'Tab');
  type(field, `${field.value}/Ideas`);
  press(field, 'Tab');
  type(field, `${field.value}@sound`);
  expect(pills()).toEqual(['#Podcast', '/Ideas', '@sound']);
  press(field, 'Enter');
  const [task] = tasksOf(replica);
  expect(replica.get('project', task?.projectId ?? '')?.name).toBe('Podcast');
  expect(replica.get('section', task?.sectionId ?? '')?.name).toBe('Ideas');
  expect(replica.list('userLabels', ANA.userId).map(({ name }) => name)).toContain('sound');
  act(() => void replica.undo());
  expect(tasksOf(replica)).toEqual([]);
  expect(replica.list('userLabels', ANA.userId).map(({ name }) => name)).toEqual(['errands']);
});

test('pasted lines become tasks as one step of undo, after asking', async () => {
  const { field, replica } = await show();
  fireEvent.paste(field, { clipboardData: { getData: () => '- Tent tomorrow\n- Stove @errands\n\n- #Work' } });
  expect(tasksOf(replica)).toEqual([]);
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Add 3 tasks' }));
  await vi.waitFor(() => expect(tasksOf(replica)).toHaveLength(3), 10_000);
  expect(tasksOf(replica).map(({ title, date }) => [title, date])).toEqual([
    ['Tent', '2026-11-19'],
    ['Stove', null],
    ['#Work', null],
  ]);
  act(() => void replica.undo());
  expect(tasksOf(replica)).toEqual([]);
});

test('pasted lines can be subtasks of the first', async () => {
  const { field, replica } = await show();
  fireEvent.paste(field, { clipboardData: { getData: () => 'Camping\nTent\nMap' } });
  fireEvent.click(await screen.findByRole('menuitem', { name: '1 task with 2 subtasks' }));
  await vi.waitFor(() => expect(tasksOf(replica)).toHaveLength(3), 10_000);
  const parent = tasksOf(replica).find(({ title }) => title === 'Camping');
  expect(tasksOf(replica).filter(({ parentId }) => parentId === parent?.id)).toHaveLength(2);
});

test('a draft is there again, per account, until it is added', async () => {
  const first = await show();
  type(first.field, 'Write to Tom tomorrow');
  press(first.field, 'Backspace');
  first.unmount();
  const again = await show();
  expect(again.field.value).toBe('Write to Tom tomorrow');
  expect(pills()).toEqual([]);
  press(again.field, 'Enter');
  again.unmount();
  expect((await show()).field.value).toBe('');
});

test('what comes from elsewhere leaves the draft alone', async () => {
  const first = await show();
  type(first.field, 'Half a sen');
  first.unmount();
  const shared = await show({ text: 'Read this\nhttps://example.org/#a' });
  press(shared.field, 'Enter');
  expect(tasksOf(shared.replica)).toMatchObject([{ title: 'Read this', description: 'https://example.org/#a' }]);
  shared.unmount();
  expect((await show()).field.value).toBe('Half a sen');
});

test('a choice takes the place of what the text says, and later words go before it', async () => {
  const { field, replica } = await show();
  type(field, 'Buy milk tomorrow @errands now');
  fireEvent.click(screen.getByRole('button', { name: 'Priority' }));
  fireEvent.click(await screen.findByRole('menuitemradio', { name: /Priority 2/ }));
  expect(screen.getByRole('button', { name: 'Priority: Priority 2' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Date: Tomorrow' }));
  fireEvent.click(await screen.findByRole('button', { name: /^Today ?Wed/ }));
  expect(field.value).toBe('Buy milk @errands now');
  fireEvent.click(screen.getByRole('button', { name: 'Labels: errands' }));
  fireEvent.click(await screen.findByRole('option', { name: 'errands' }));
  expect(field.value).toBe('Buy milk now');
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  type(field, 'Buy milk now !3');
  press(field, 'Enter');
  expect(tasksOf(replica)).toMatchObject([{ title: 'Buy milk now', date: '2026-11-18', labels: [], priority: 3 }]);
});

test('a recurrence that no menu has is made in the form, and begins with its first date', async () => {
  const { field, replica } = await show();
  type(field, 'Bins');
  fireEvent.click(screen.getByRole('button', { name: 'Repeat' }));
  fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Every workday' }));
  expect(screen.getByRole('button', { name: 'Repeat: Every workday' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Repeat: Every workday' }));
  fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Custom…' }));
  const form = within(await screen.findByRole('dialog', { name: 'Repeat' }));
  fireEvent.click(form.getByRole('button', { name: 'Stop repeating' }));
  expect(screen.getByRole('button', { name: 'Repeat' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Repeat' }));
  fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Custom…' }));
  fireEvent.click(within(await screen.findByRole('dialog', { name: 'Repeat' })).getByRole('button', { name: 'Save' }));
  press(field, 'Enter');
  expect(tasksOf(replica)).toMatchObject([{ title: 'Bins', date: '2026-11-18', recurrence: { anchor: 'schedule' } }]);
});

test('a time alone belongs to the day of the list that is still to come', async () => {
  const { field, replica } = await show({ today: true });
  type(field, 'Standup 9:30');
  press(field, 'Enter', { ctrlKey: true });
  type(field, 'Lunch 12:30');
  press(field, 'Enter');
  expect(tasksOf(replica).map(({ date, time }) => `${date} ${time}`)).toEqual(['2026-11-19 09:30', '2026-11-18 12:30']);
});

test('a time that the clocks leave out is said to move', async () => {
  const { field } = await show();
  type(field, 'Check servers 2027-03-28 2:30');
  expect(screen.getByRole('button', { name: /^Date: .*3:30\. The clocks leave that time out/ })).toBeTruthy();
});

test('the language and the order of dates are those of the account', async () => {
  const replica = anAccount(rows);
  replica.mutate(updateSettings, { locale: 'de-DE' });
  const german = await show({}, replica);
  type(german.field, 'Zahnarzt morgen um 15 Uhr');
  expect(pills()).toEqual(['morgen um 15 Uhr']);
  act(() => void replica.mutate(updateSettings, { locale: 'en-US' }));
  type(german.field, 'Dentist 12/5');
  press(german.field, 'Enter');
  expect(tasksOf(replica)).toMatchObject([{ title: 'Dentist', date: '2026-12-05' }]);
});

test('an empty title is refused with a reason that goes with the next key', async () => {
  const { field, replica, closed } = await show();
  type(field, 'tomorrow');
  press(field, 'Enter');
  expect(screen.getByRole('alert').textContent).toBe('What is to be done?');
  expect([tasksOf(replica).length, closed()]).toEqual([0, 0]);
  type(field, 'tomorrow x');
  expect(screen.getByRole('alert').textContent).toBe('');
});
