import { act, cleanup, render, screen } from '@testing-library/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { AlertDialogOverlay, DialogOverlay } from './dialog-overlay.tsx';
import { MenuOverlay } from './menu-overlay.tsx';
import { type OverlayAnchor } from './overlay-surface.tsx';
import { PopoverOverlay } from './popover-overlay.tsx';

interface Opened {
  readonly anchor: OverlayAnchor;
  readonly onClose: () => void;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

interface OpenerProps {
  layer: (opened: Opened) => ReactNode;
  onClosed?: () => void;
}

function Opener({ layer, onClosed }: OpenerProps) {
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  useEffect(() => (open ? onClosed : undefined), [open, onClosed]);
  return (
    <>
      <button ref={ref} type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <input aria-label="Elsewhere" />
      {open ? layer({ anchor: ref, onClose: close }) : null}
    </>
  );
}

const layers: Readonly<Record<string, (opened: Opened) => ReactNode>> = {
  popover: ({ anchor, onClose }) => (
    <PopoverOverlay label="Layer" anchor={anchor} onClose={onClose}>
      <button type="button" autoFocus onClick={onClose}>
        Done
      </button>
    </PopoverOverlay>
  ),
  menu: ({ anchor, onClose }) => (
    <MenuOverlay
      label="Layer"
      anchor={anchor}
      onClose={onClose}
      sections={[{ id: 'one', items: [{ id: 'done', label: 'Done', onSelect: onClose }] }]}
    />
  ),
  dialog: ({ onClose }) => (
    <DialogOverlay title="Layer" onClose={onClose}>
      <button type="button" autoFocus onClick={onClose}>
        Done
      </button>
    </DialogOverlay>
  ),
  'alert dialog': ({ onClose }) => (
    <AlertDialogOverlay title="Layer" confirmLabel="Delete" cancelLabel="Done" onConfirm={onClose} onClose={onClose}>
      Sure?
    </AlertDialogOverlay>
  ),
};

async function open(name: string, onClosed?: () => void): Promise<HTMLElement> {
  render(<Opener layer={layers[name] ?? (() => null)} {...(onClosed && { onClosed })} />);
  const opener = screen.getByRole('button', { name: 'Open' });
  opener.focus();
  await act(async () => opener.click());
  await vi.waitFor(() => expect(document.activeElement?.closest('[role=dialog], [role=alertdialog]')).toBeTruthy());
  // No frame ever comes from now on: what is back is back before any key.
  vi.stubGlobal('requestAnimationFrame', () => 0);
  return opener;
}

const done = () => screen.getByRole(screen.queryByRole('menuitem') ? 'menuitem' : 'button', { name: 'Done' });

test.each(Object.keys(layers))('focus is back before the next frame when a %s closes', async (name) => {
  const opener = await open(name);
  await act(async () => done().click());
  expect(screen.queryByText('Done')).toBe(null);
  expect(document.activeElement).toBe(opener);
});

test.each(['popover', 'dialog'])('a %s that a menu opened goes back to what opened the menu', async (name) => {
  const Second = ({ anchor, onClose }: Opened) => {
    const [next, setNext] = useState(false);
    if (next) return layers[name]?.({ anchor, onClose });
    const items = [{ id: 'next', label: 'Next', onSelect: () => setNext(true) }];
    // Closes by itself when it is no longer rendered.
    return <MenuOverlay label="Layer" anchor={anchor} onClose={() => {}} sections={[{ id: 'one', items }]} />;
  };
  render(<Opener layer={(opened) => <Second {...opened} />} />);
  const opener = screen.getByRole('button', { name: 'Open' });
  opener.focus();
  await act(async () => opener.click());
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Next'));
  await act(async () => screen.getByText('Next').click());
  await vi.waitFor(() => expect(document.activeElement?.closest('[role=dialog]')?.textContent).toContain('Done'));
  vi.stubGlobal('requestAnimationFrame', () => 0);
  await act(async () => done().click());
  expect(screen.queryByText('Done')).toBe(null);
  expect(document.activeElement).toBe(opener);
});

test('the list does not move to what gets focus back', async () => {
  const opener = await open('popover');
  const focus = vi.spyOn(opener, 'focus');
  await act(async () => done().click());
  expect(focus.mock.calls).toEqual([[{ preventScroll: true }]]);
});

test('who was given focus by closing keeps it', async () => {
  await open('popover', () => screen.getByLabelText('Elsewhere').focus());
  await act(async () => done().click());
  expect(document.activeElement).toBe(screen.getByLabelText('Elsewhere'));
});
