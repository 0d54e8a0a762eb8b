import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ReplicaProvider } from '#web/replica/use-query.ts';
import { DialogsContext } from '#web/shell/dialogs.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { aMember, aProject, aReplica, aTask, id } from '#tests/support/replica-fixture.ts';
import type { Narrow } from '#web/views/narrow.ts';
import { FilterBar } from './filter-bar.tsx';

afterEach(cleanup);

/** The field of a bar over an empty account. */
function renderField(
  onNarrow: (narrow: { readonly by: Narrow } | null) => void = () => {},
  replica = aReplica([]),
): HTMLTextAreaElement {
  render(
    <ReplicaProvider replica={replica}>
      <DialogsContext value={{ open: () => {}, close: () => {} }}>
        <FilterBar query="" onQuery={() => {}} onClose={() => {}} onNarrow={onNarrow} />
      </DialogsContext>
    </ReplicaProvider>,
  );
  return screen.getByRole('textbox', { name: 'Filter this view' });
}

/** Types queries one after the other; what the list was narrowed by after each, null when it is whole. */
function narrowedBy(...queries: readonly string[]): (Narrow | null)[] {
  let shown: Narrow | null = null;
  const handleNarrow = vi.fn((narrow: { readonly by: Narrow } | null) => {
    shown = narrow?.by ?? null;
  });
  const field = renderField(handleNarrow);
  return queries.map((value) => {
    act(() => void fireEvent.change(field, { target: { value } }));
    return shown;
  });
}

test('letters that mean the same keep the list, others make a new one', () => {
  const [first, spaced, inBrackets, wider] = narrowedBy('p1', 'p1 ', '(p1)', 'p1 | p2');
  expect(first).not.toBeNull();
  expect(spaced).toBe(first);
  expect(inBrackets).toBe(first);
  expect(wider).not.toBe(first);
});

test('while a query is wrong the last right one holds; without one the list is whole', () => {
  const [right, wrong, empty] = narrowedBy('p1', 'p1 &', '');
  expect(wrong).toBe(right);
  expect(right?.(aTask({ id: id(1), projectId: id(10), priority: 2 }))).toBe(false);
  expect(empty).toBeNull();
});

test('what is wrong is told when the typing pauses, stays while it holds and goes at once', () => {
  vi.useFakeTimers();
  try {
    const field = renderField();
    const type = (value: string) => act(() => void fireEvent.change(field, { target: { value } }));
    const pause = () => act(() => void vi.advanceTimersByTime(500));
    const told = () => document.querySelector('.query-error')?.textContent;
    type('(p1');
    expect(told()).toBeUndefined();
    expect(field.getAttribute('aria-invalid')).toBeNull();
    pause();
    expect(told()).toContain('parenthesis is not closed');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    type('(p1 | p2');
    expect(told()).toContain('parenthesis is not closed');
    pause();
    type('!(p1 | p2');
    expect(told()).toContain('parenthesis is not closed');
    type('!(p1 | p2)');
    expect(told()).toBeUndefined();
    type('(p1 | p2) tod');
    expect(told()).toBeUndefined();
    pause();
    expect(told()).toBeDefined();
    type('(today');
    expect(told()).toBeUndefined();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(told()).toContain('parenthesis is not closed');
  } finally {
    vi.useRealTimers();
  }
});

test('a query that counts is asked again when what it counts changes, one about hours when the time goes on', () => {
  vi.useFakeTimers();
  try {
    const project = id(10);
    const parent = aTask({ id: id(1), projectId: project });
    const replica = aReplica([
      ['project', aProject({ id: project })],
      ['member', aMember(project)],
      ['task', parent],
    ]);
    let shown: Narrow | null = null;
    const handleNarrow = vi.fn((narrow: { readonly by: Narrow } | null) => {
      shown = narrow?.by ?? null;
    });
    const field = renderField(handleNarrow, replica);
    act(() => void fireEvent.change(field, { target: { value: 'subtasks > 0' } }));
    expect(shown!(parent)).toBe(false);
    const part = { id: id(2), title: 'Part', rank: 'a1', projectId: project, parentId: parent.id };
    act(() => void replica.mutate(createTask, part));
    expect(shown!(parent)).toBe(true);
    act(() => void fireEvent.change(field, { target: { value: 'created > -2 hours' } }));
    handleNarrow.mockClear();
    act(() => void vi.advanceTimersByTime(60_000));
    expect(handleNarrow).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});
