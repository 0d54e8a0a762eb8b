import { clsx } from 'clsx';
import { useId } from 'react';
import type { Settings } from '#core/users/settings.ts';
import { updateSettings } from '#core/users/user-mutators.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { setThemePreference, type ThemePreference } from '#web/theme/theme.ts';
import { Select } from '#web/ui/select.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { useSettings } from './use-settings.ts';

const THEMES: readonly { readonly id: ThemePreference; readonly title: string }[] = [
  { id: 'system', title: 'System' },
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
  { id: 'contrast', title: 'High contrast' },
];

const HOME_VIEWS: readonly { readonly value: Settings['homeView']; readonly label: string }[] = [
  { value: 'today', label: 'Today' },
  { value: 'inbox', label: 'Inbox' },
  { value: 'upcoming', label: 'Upcoming' },
];

export function AppearanceSettings() {
  const replica = useReplica();
  const { theme, homeView } = useSettings();
  const name = useId();
  return (
    <>
      <SettingsGroup title="Theme" text="On every device where you are signed in.">
        <fieldset className="m-0 grid grid-cols-2 gap-3 border-0 p-0 sm:grid-cols-4">
          <legend className="sr-only">Theme</legend>
          {THEMES.map(({ id, title }) => (
            <label
              key={id}
              className="flex flex-col gap-2 rounded-card p-1.5 text-body-sm font-medium has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus hover:bg-hover has-checked:hover:bg-selected"
            >
              <input
                type="radio"
                name={name}
                value={id}
                checked={theme === id}
                onChange={() => {
                  setThemePreference(id);
                  replica.mutate(updateSettings, { theme: id });
                }}
                className="sr-only"
              />
              <ThemePreview theme={id} />
              <span className="px-0.5 text-center">{title}</span>
            </label>
          ))}
        </fieldset>
      </SettingsGroup>
      <Select
        label="Home view"
        description="What opens first."
        value={homeView}
        options={HOME_VIEWS}
        onChange={(value) => void replica.mutate(updateSettings, { homeView: value })}
      />
    </>
  );
}

/** A tiny Tend in the colours of a theme. */
function ThemePreview({ theme }: { theme: ThemePreference }) {
  return (
    <span aria-hidden="true" className={clsx('theme-preview', `theme-preview-${theme}`)}>
      <span />
      <span>
        <i />
        <i />
        <i />
      </span>
    </span>
  );
}
