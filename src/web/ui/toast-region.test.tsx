import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createToastQueue } from './toast-queue.ts';
import { ToastRegion } from './toast-region.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function showToast() {
  const run = vi.fn();
  const queue = createToastQueue();
  render(<ToastRegion queue={queue} />);
  act(() => {
    queue.show({ message: 'Task deleted', action: { label: 'Undo', run } });
  });
  act(() => void vi.advanceTimersByTime(100));
  return { queue, run };
}
const toastText = () => screen.queryByText('Task deleted');

test('the text is a status of its own and the button is outside it', () => {
  showToast();
  const status = screen.getByRole('status');
  expect(status.textContent).toBe('Task deleted');
  expect(within(status).queryByRole('button')).toBeNull();
  expect(screen.getByRole('button', { name: 'Undo' })).toBeDefined();
});

test('the button runs the action and closes the toast', () => {
  const { run } = showToast();
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(run).toHaveBeenCalledTimes(1);
  expect(toastText()).toBeNull();
});

test('pointing at the toasts holds them', () => {
  showToast();
  fireEvent.pointerEnter(screen.getByRole('region', { name: 'Notifications' }));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(toastText()).not.toBeNull();
  fireEvent.pointerLeave(screen.getByRole('region', { name: 'Notifications' }));
  act(() => void vi.advanceTimersByTime(8000));
  expect(toastText()).toBeNull();
});

test('focus in the toasts holds them until it leaves the region', () => {
  showToast();
  act(() => screen.getByRole('button', { name: 'Undo' }).focus());
  act(() => void vi.advanceTimersByTime(60_000));
  expect(toastText()).not.toBeNull();
  act(() => screen.getByRole('button', { name: 'Dismiss' }).focus());
  act(() => void vi.advanceTimersByTime(60_000));
  expect(toastText()).not.toBeNull();
  act(() => screen.getByRole('button', { name: 'Dismiss' }).blur());
  act(() => void vi.advanceTimersByTime(8000));
  expect(toastText()).toBeNull();
});

test('a hidden tab holds them', () => {
  showToast();
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(toastText()).not.toBeNull();
  hidden.mockReturnValue(false);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  act(() => void vi.advanceTimersByTime(8000));
  expect(toastText()).toBeNull();
});

test('Escape inside the region dismisses the newest', () => {
  showToast();
  fireEvent.keyDown(screen.getByRole('button', { name: 'Undo' }), { key: 'Escape' });
  expect(toastText()).toBeNull();
});

test('the region is a stop for F6 only while it has toasts', () => {
  showToast();
  const region = screen.getByRole('region', { name: 'Notifications' });
  expect(region.dataset['region']).toBe('toasts');
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(region.dataset['region']).toBeUndefined();
});
