import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createTask } from '#core/tasks/task-mutators.ts';
import { id } from '#tests/support/replica-fixture.ts';
import { anAccount, INBOX, renderInShell } from '#tests/support/web-harness.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('what has not been sent can be downloaded before signing out loses it', async () => {
  const replica = anAccount();
  replica.mutate(createTask, { id: id(70), projectId: INBOX, title: 'Not sent', rank: 'a0' });
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return 'blob:test';
  });
  const { session } = await renderInShell(<SignOutDialog onClose={() => {}} />, { replica });
  const dialog = await screen.findByRole('alertdialog', {}, { timeout: 20_000 });
  expect(dialog.textContent).toContain('One change has not reached the server yet.');
  fireEvent.click(screen.getByRole('button', { name: 'Download unsent changes' }));
  await waitFor(() => expect(files).toHaveLength(1), { timeout: 20_000 });
  expect(await files[0]?.text()).toContain('Not sent');
  expect(session.state.get().type).toBe('signed-in');
  fireEvent.click(screen.getByRole('button', { name: 'Sign out and lose them' }));
  expect(session.state.get().type).toBe('signed-out');
});
