import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { id } from '#tests/support/replica-fixture.ts';
import { openTask, setSearchParam, useHasSearchParam, useSearchParam, useTaskPanel } from './navigation.ts';

beforeEach(() => history.replaceState(null, '', '/today?x=1'));
afterEach(cleanup);

/** What a component says of the address each time that it renders. */
function rendersOf(use: () => string | boolean | null): (string | boolean | null)[] {
  const renders: (string | boolean | null)[] = [];
  const Watching = () => {
    renders.push(use());
    return null;
  };
  render(<Watching />);
  return renders;
}

test('whoever reads one thing of the address renders when that changes, and only then', () => {
  const query = rendersOf(() => useSearchParam('f'));
  const isOpen = rendersOf(() => useHasSearchParam('f'));
  const task = rendersOf(() => useTaskPanel().taskId);
  act(() => setSearchParam('f', ''));
  act(() => setSearchParam('f', 'p1'));
  act(() => setSearchParam('f', 'p1 & today'));
  expect(location.search).toBe('?x=1&f=p1+%26+today');
  act(() => openTask(id(5)));
  act(() => setSearchParam('f', null));
  expect(query).toEqual([null, '', 'p1', 'p1 & today', null]);
  expect(isOpen).toEqual([false, true, false]);
  expect(task).toEqual([null, id(5)]);
});
