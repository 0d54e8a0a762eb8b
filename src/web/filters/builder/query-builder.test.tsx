import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { berlin } from '#core/filters/testing/filter-examples.ts';
import { QueryBuilder } from './query-builder.tsx';

afterEach(cleanup);

function Editor({ start }: { start: string }) {
  const [query, setQuery] = useState(start);
  return (
    <>
      <textarea aria-label="Text" value={query} onChange={(event) => setQuery(event.target.value)} />
      <QueryBuilder query={query} context={berlin} onChange={setQuery} />
    </>
  );
}

function edit(query: string): void {
  render(<Editor start={query} />);
}

function text(): string {
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' }).value;
}

const condition = (name: string) => within(screen.getByRole('group', { name: `Condition ${name}` }));

/** By its words, as somebody chooses. */
function choose(within_: ReturnType<typeof condition>, label: string, words: string): void {
  const select = within_.getByLabelText<HTMLSelectElement>(label);
  const option = [...select.options].find((each) => each.text === words);
  expect(option?.text, `${label} offers ${words}`).toBe(words);
  fireEvent.change(select, { target: { value: option?.value } });
}

function shown(name: string): string[] {
  const fields = screen.getByRole('group', { name: `Condition ${name}` }).querySelectorAll('select, input');
  return [...fields].map((field) =>
    field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.text ?? '') : (field as HTMLInputElement).value,
  );
}

function press(name: string): void {
  fireEvent.click(screen.getByRole('button', { name }));
}

test('what is chosen is written, and what is written is chosen', () => {
  edit('');
  press('Add condition');
  expect(text()).toBe('today');
  press('Add condition');
  expect(text()).toBe('today & p1');
  choose(condition('1'), 'Operator', 'is on or before');
  choose(condition('1'), 'Value', 'next week');
  expect(text()).toBe('due <= next week & p1');
  choose(condition('2'), 'Field', 'Project');
  choose(condition('2'), 'Value', 'One & Two');
  choose(condition('2'), 'Operator', 'is neither nor below');
  expect(text()).toBe('due <= next week & !##"One & Two"');
  fireEvent.change(screen.getByLabelText('Matches'), { target: { value: 'any' } });
  expect(text()).toBe('due <= next week | !##"One & Two"');

  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'assigned to: me and no labels, "B" = @w*' } });
  expect(shown('1.1')).toEqual(['Assigned to', 'is', 'me']);
  expect(shown('1.2')).toEqual(['Label', 'is not set']);
  expect(shown('2.1')).toEqual(['Label', 'is', 'w*']);
  press('Remove condition 1.1');
  expect(text()).toBe('no labels, "B" = @w*');
  press('Remove list 1');
  expect(text()).toBe('"B" = @w*');
  press('Remove condition 1');
  expect(text()).toBe('"B" = all');
});

test('a text changes the query once there is something to look for', () => {
  edit('today & p1');
  choose(condition('2'), 'Field', 'Title');
  expect(text()).toBe('today & p1');
  const value = condition('2').getByLabelText('Value');
  fireEvent.change(value, { target: { value: 'salt & ' } });
  expect(text()).toBe('today & title: "salt &"');
  // The same field goes on: what is typed keeps its space.
  expect(condition('2').getByLabelText<HTMLInputElement>('Value').value).toBe('salt & ');
  fireEvent.blur(value);
  expect(shown('2')).toEqual(['Title', 'contains', 'salt &']);
  fireEvent.change(value, { target: { value: '' } });
  expect(text()).toBe('today & title: "salt &"');
});

test('any date can be written', () => {
  edit('deadline < today');
  choose(condition('1'), 'Value', 'Another date…');
  const value = condition('1').getByLabelText<HTMLInputElement>('Value');
  expect(value.value).toBe('today');
  fireEvent.change(value, { target: { value: '24 de' } });
  expect(text()).toBe('deadline < today');
  fireEvent.change(value, { target: { value: '24 dec' } });
  expect(text()).toBe('deadline < 24 december');
  fireEvent.blur(value);
  expect(shown('1')).toEqual(['Deadline', 'is before', '24 december']);
});

test('groups are rows, and what goes deeper is text that can be changed', () => {
  edit('p1 & (today | (p2 & evening))');
  expect(screen.getByRole('group', { name: 'Group 2' })).toBeDefined();
  const deep = condition('2.2').getByLabelText<HTMLInputElement>('Conditions as text');
  expect(deep.value).toBe('p2 & evening');
  fireEvent.change(deep, { target: { value: 'p2 evening' } });
  fireEvent.blur(deep);
  expect(text()).toBe('p1 & (today | (p2 & evening))');
  expect(condition('2.2').getByText(/Say how this goes together/)).toBeDefined();
  fireEvent.change(deep, { target: { value: 'p3' } });
  fireEvent.blur(deep);
  expect(text()).toBe('p1 & (today | p3)');
  fireEvent.change(within(screen.getByRole('group', { name: 'Group 2' })).getByLabelText('Matches'), {
    target: { value: '!any' },
  });
  expect(text()).toBe('p1 & !(today | p3)');
  press('Remove condition 2.2');
  expect(text()).toBe('p1 & !today');
  press('Add group');
  expect(text()).toBe('p1 & !today & (today | overdue)');
  press('Remove group 3');
  expect(text()).toBe('p1 & !today');
});

test('order, groups and amount are chosen, and kept by everything else', () => {
  edit('today & p1 sort:priority sort:title- with:parents');
  choose(within(document.body), 'Sort by (then by 1 more)', 'Deadline');
  press('Sort backwards');
  choose(within(document.body), 'Group by', 'Project');
  fireEvent.change(screen.getByLabelText('At most'), { target: { value: '5' } });
  choose(within(document.body), 'Show', 'Subtasks and parents, too');
  press('Remove condition 1');
  expect(text()).toBe('p1 sort:deadline- sort:title- group:project limit:5 with:subtasks with:parents');
});

test('what cannot be read stays as it is', () => {
  edit('today p1');
  expect(screen.getByText('today p1', { selector: 'p' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Add condition' })).toBeNull();
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'today & p1' } });
  expect(shown('2')).toEqual(['Priority', 'is', 'Priority 1']);
});

test('focus stays in the builder when a condition goes', () => {
  edit('today & p1 & evening');
  const remove = (n: number) => screen.getByRole('button', { name: `Remove condition ${n}` });
  remove(3).focus();
  fireEvent.click(remove(3));
  expect(document.activeElement).toBe(remove(2));
  fireEvent.click(remove(2));
  fireEvent.click(remove(1));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add condition' }));
});
