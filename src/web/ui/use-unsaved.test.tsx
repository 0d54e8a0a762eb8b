import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { holdPage, useUnsaved } from './use-unsaved.ts';

afterEach(cleanup);

/** Whether the browser would ask before the page goes. */
function asks(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

function Form({ text }: { text: string }) {
  useUnsaved(text !== '');
  return null;
}

test('a page goes without a question unless something is written on it', () => {
  const { rerender, unmount } = render(<Form text="" />);
  expect(asks()).toBe(false);
  rerender(<Form text="Half a sen" />);
  expect(asks()).toBe(true);
  rerender(<Form text="" />);
  expect(asks()).toBe(false);
  rerender(<Form text="again" />);
  unmount();
  expect(asks()).toBe(false);
});

test('what is written elsewhere still counts', () => {
  let unsaved = true;
  const release = holdPage(() => unsaved);
  const { unmount } = render(<Form text="x" />);
  unmount();
  expect(asks()).toBe(true);
  unsaved = false;
  expect(asks()).toBe(false);
  release();
});
