import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppShell } from './app-shell.tsx';
import { useShell } from './shell-context.ts';

let width = 1280;
beforeEach(() => {
  localStorage.clear();
  vi.spyOn(globalThis, 'matchMedia').mockImplementation((query) => {
    const limit = Number(/min-width: (\d+)px/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY);
    return {
      matches: width >= limit,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    } as unknown as MediaQueryList;
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Main() {
  const shell = useShell();
  return (
    <>
      <button type="button" onClick={shell.toggleSidebar}>
        Menu
      </button>
      <button type="button">Row</button>
    </>
  );
}

function show(detail: boolean) {
  render(
    <AppShell
      sidebar={<a href="/inbox">Inbox</a>}
      main={<Main />}
      detail={detail ? <button type="button">Close task</button> : null}
      detailLabel="Task"
      tabBar={<a href="/today">Today tab</a>}
    />,
  );
}
const pressF6 = (shiftKey = false) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'F6', shiftKey });
const focused = () => document.activeElement?.textContent;

test('F6 goes round the regions and back to where focus was in each', () => {
  width = 1280;
  show(true);
  act(() => screen.getByRole('button', { name: 'Row' }).focus());
  pressF6();
  expect(focused()).toBe('Close task');
  pressF6();
  expect(focused()).toBe('Inbox');
  pressF6();
  expect(focused()).toBe('Row');
  pressF6(true);
  expect(focused()).toBe('Inbox');
});

test('on a desktop the sidebar collapses, and stays so on this device', () => {
  width = 1280;
  show(false);
  fireEvent.click(screen.getByRole('button', { name: 'Menu' }));
  expect(document.querySelector('.app-shell')?.hasAttribute('data-collapsed')).toBe(true);
  cleanup();
  show(false);
  expect(document.querySelector('.app-shell')?.hasAttribute('data-collapsed')).toBe(true);
});

test('on a tablet the sidebar is a drawer: focus goes in, Escape closes and returns it', () => {
  width = 800;
  show(false);
  const menu = screen.getByRole('button', { name: 'Menu' });
  expect(screen.getByRole('complementary', { name: 'Sidebar' }).inert).toBe(true);
  act(() => menu.focus());
  fireEvent.click(menu);
  expect(focused()).toBe('Inbox');
  expect(document.querySelector('main')?.inert).toBe(true);
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  expect(document.activeElement).toBe(menu);
  expect(document.querySelector('main')?.inert).toBe(false);
});

test('on a phone the detail is a modal sheet and the tab bar shows', () => {
  width = 400;
  show(true);
  expect(screen.getByRole('dialog', { name: 'Task' }).getAttribute('aria-modal')).toBe('true');
  expect(document.querySelector('main')?.inert).toBe(true);
  expect(screen.getByText('Today tab')).toBeDefined();
});

test('from 640 px the detail is not modal and there is no tab bar', () => {
  width = 700;
  show(true);
  expect(screen.getByRole('complementary', { name: 'Task' })).toBeDefined();
  expect(document.querySelector('main')?.inert).toBe(false);
  expect(screen.queryByText('Today tab')).toBeNull();
});

test('the sidebar resizes by keyboard within its limits', async () => {
  width = 1280;
  show(false);
  const handle = await screen.findByRole('separator', { name: 'Sidebar width' });
  fireEvent.keyDown(handle, { key: 'ArrowRight' });
  expect(handle.getAttribute('aria-valuenow')).toBe('280');
  for (let step = 0; step < 10; step++) fireEvent.keyDown(handle, { key: 'ArrowRight' });
  expect(handle.getAttribute('aria-valuenow')).toBe('360');
  fireEvent.keyDown(handle, { key: 'Home' });
  expect(handle.getAttribute('aria-valuenow')).toBe('220');
  fireEvent.doubleClick(handle);
  expect(handle.getAttribute('aria-valuenow')).toBe('264');
});
