import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ANA, aReplica, deltasOf } from '#tests/support/replica-fixture.ts';
import { someSettings } from '#tests/support/row-factories.ts';
import { renderInShell } from '#tests/support/web-harness.tsx';
import { SettingsPage } from './settings-page.tsx';

afterEach(cleanup);

const locale = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Dates and numbers as in' });

test.each(['appearance', 'datetime', 'quick-add', 'shortcuts'] as const)(
  'nothing can be chosen under %s before there is something to change',
  async (section) => {
    const { container } = await renderInShell(<SettingsPage section={section} />, { replica: aReplica([]) });
    expect(screen.getByRole('status').textContent).toBe('Your settings are arriving.');
    expect(container.querySelectorAll('input, select, textarea')).toHaveLength(0);
  },
);

test('settings that arrive can be changed', async () => {
  const replica = aReplica([]);
  await renderInShell(<SettingsPage section="datetime" />, { replica });
  const scopes = deltasOf([['settings', someSettings({ id: ANA.userId, userId: ANA.userId, locale: 'en-GB' })]]);
  act(() => void replica.applyPull({ gone: [], staged: [], scopes, last: 0 }, []));
  expect(locale().value).toBe('en-GB');
  fireEvent.change(locale(), { target: { value: 'de-DE' } });
  expect(locale().value).toBe('de-DE');
  expect(replica.get('settings', ANA.userId)?.locale).toBe('de-DE');
});
