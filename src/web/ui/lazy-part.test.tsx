import { act, cleanup, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { type LazyPart, lazyLayer } from './lazy-part.tsx';

interface Props {
  readonly onClose: () => void;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Opener({ Layer }: { Layer: LazyPart<Props> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => setOpen(true)}>
        Open
      </button>
      {open ? <Layer onClose={() => setOpen(false)} /> : null}
    </>
  );
}

test('a layer whose code cannot be fetched closes with a reason, and is asked for again', async () => {
  const told: string[] = [];
  vi.stubGlobal('reportError', (error: Error) => told.push(error.message));
  const load = vi.fn<() => Promise<() => string>>();
  load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
  load.mockResolvedValue(() => 'Here it is');
  render(<Opener Layer={lazyLayer(load)} />);
  const button = screen.getByRole('button', { name: 'Open' });
  await act(async () => button.click());
  expect(told).toEqual(['This part of Tend is not on this device yet. Try again when you are online.']);
  expect(button.getAttribute('aria-expanded')).toBe('false');
  await act(async () => button.click());
  expect(screen.getByText('Here it is')).toBeTruthy();
  expect(told).toHaveLength(1);
});
