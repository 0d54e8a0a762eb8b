import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { updateSettings } from '#core/users/user-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import { ANA, aMember, aProject, id, type KindRow } from '#tests/support/replica-fixture.ts';
import { aLabel } from '#tests/support/row-factories.ts';
import { anAccount, renderInShell } from '#tests/support/web-harness.tsx';
import { draftAdder, draftAssist, draftReading } from './draft-code.ts';
import { QuickAddDialog } from './quick-add-dialog.tsx';

const HOME = id(22);
const rows: readonly KindRow[] = [
  ['project', aProject({ id: HOME, name: 'Home Improvements' })],
  ['member', aMember(HOME)],
  ['label', aLabel({ id: id(23), userId: ANA.userId, name: 'errands' })],
];

beforeAll(() => Promise.all([draftAdder.load(), draftAssist.load(), draftReading.load()]));
beforeEach(() => {
  // A Wednesday.
  vi.useFakeTimers({ now: Date.parse('2026-11-18T10:00:00Z'), toFake: ['Date'] });
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function show(replica: Replica): Promise<HTMLTextAreaElement> {
  await renderInShell(<QuickAddDialog onClose={() => {}} />, { replica });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New task' });
  act(() => field.focus());
  return field;
}

function type(field: HTMLTextAreaElement, text: string): void {
  fireEvent.input(field, { target: { value: text }, inputType: 'insertText' });
  act(() => {
    field.setSelectionRange(text.length, text.length);
    fireEvent.keyUp(field);
  });
}

const textOf = (selector: string) => [...document.querySelectorAll(selector)].map((each) => each.textContent);
const pills = () => textOf('.draft-pill');
const hints = () => textOf('.draft-weak');
const options = () => textOf('[role=option]').join();

test('what the account has set holds in every field', async () => {
  const replica = anAccount(rows);
  const field = await show(replica);
  type(field, 'Prepare Friday demo *errands !1 morgen');
  expect([pills(), hints()]).toEqual([['!1'], ['Friday']]);
  const quickAdd = { words: 'de', dates: 'auto', suggestions: false, signs: 'vikunja', off: ['priority'] } as const;
  act(() => void replica.mutate(updateSettings, { quickAdd: { ...quickAdd, off: [...quickAdd.off] } }));
  expect([pills(), hints()]).toEqual([['*errands', 'morgen'], []]);
  type(field, 'Fix +Ho');
  expect(options()).toMatch(/^Home Improvements/);
});

test('on touch a bar above the keyboard writes signs, days and priorities at the caret', async () => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query === '(pointer: coarse)',
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
  const field = await show(anAccount(rows));
  const pressed = (name: string) =>
    fireEvent.click(within(screen.getByRole('group', { name: 'Insert' })).getByRole('button', { name }));
  type(field, 'Buy milk');
  pressed('Date');
  pressed('Friday');
  expect(field.value).toBe('Buy milk Friday ');
  pressed('Priority');
  pressed('!2');
  pressed('Project');
  expect(field.value).toBe('Buy milk Friday !2 #');
  expect(options()).toContain('Home Improvements');
  expect(pills()).toEqual(['Friday', '!2']);
  act(() => field.blur());
  expect(screen.queryByRole('group', { name: 'Insert' })).toBeNull();
});
