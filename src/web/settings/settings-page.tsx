import { ChevronRight } from 'lucide-react';
import type { ComponentType } from 'react';
import { Link } from '#web/link.tsx';
import { routes } from '#web/routes.ts';
import { Page } from '#web/shell/page.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { AboutSettings } from './about-settings.tsx';
import { AccountSettings } from './account-settings.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { DatetimeSettings } from './datetime-settings.tsx';
import { QuickAddSettings } from './quick-add-settings.tsx';
import { SecuritySettings } from './security-settings.tsx';
import { SessionsSettings } from './sessions-settings.tsx';
import { type SettingsSectionId, settingsSections } from './settings-sections.ts';
import { ShortcutSettings } from './shortcut-settings.tsx';
import { useStoredSettings } from './use-settings.ts';

const SECTIONS: Readonly<Record<SettingsSectionId, ComponentType>> = {
  account: AccountSettings,
  security: SecuritySettings,
  sessions: SessionsSettings,
  appearance: AppearanceSettings,
  datetime: DatetimeSettings,
  'quick-add': QuickAddSettings,
  shortcuts: ShortcutSettings,
  about: AboutSettings,
};

/** Those that show and change what the account synchronises; the others speak with the server themselves. */
const SYNCHRONISED: ReadonlySet<SettingsSectionId> = new Set(['appearance', 'datetime', 'quick-add', 'shortcuts']);

/** On a wide screen the sections stand beside what is open; on a phone they are a page of their own. */
export function SettingsPage({ section }: { section: SettingsSectionId | null }) {
  const { layout } = useShell();
  const hasArrived = useStoredSettings() !== undefined;
  const open = section ?? (layout === 'phone' ? null : 'account');
  if (open === null) {
    return (
      <Page title="Settings">
        <ul className="flex flex-col">
          {settingsSections.map(({ id, title }) => (
            <li key={id} className="line">
              <Link href={routes.settingsSection.href({ section: id })} className="line-link">
                <span className="flex-1 text-body">{title}</span>
                <ChevronRight aria-hidden="true" className="size-4 text-fg-tertiary" />
              </Link>
            </li>
          ))}
        </ul>
      </Page>
    );
  }
  const Section = SECTIONS[open];
  const title = settingsSections.find(({ id }) => id === open)?.title ?? '';
  return (
    <Page
      title={layout === 'phone' ? title : 'Settings'}
      {...(layout === 'phone' && { back: { href: routes.settings.href({}), label: 'Back to settings' } })}
    >
      <div className="flex gap-10 px-2">
        {layout === 'phone' ? null : <SectionNav open={open} />}
        <section aria-label={title} className="flex max-w-text min-w-0 flex-1 flex-col gap-8 pb-8">
          <h2 className={layout === 'phone' ? 'sr-only' : 'text-title-sm'}>{title}</h2>
          {SYNCHRONISED.has(open) && !hasArrived ? <Arriving /> : <Section />}
        </section>
      </div>
    </Page>
  );
}

function Arriving() {
  return (
    <p role="status" className="text-body-sm text-fg-secondary">
      Your settings are arriving.
    </p>
  );
}

function SectionNav({ open }: { open: SettingsSectionId }) {
  return (
    <nav aria-label="Settings" className="sticky top-0 w-40 shrink-0 self-start">
      <ul className="-ml-2 flex flex-col gap-px">
        {settingsSections.map(({ id, title }) => (
          <li key={id}>
            <Link
              href={routes.settingsSection.href({ section: id })}
              aria-current={id === open ? 'page' : undefined}
              className="flex min-h-8 items-center rounded-md px-2 text-body text-fg-secondary hover:bg-hover hover:text-fg aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-fg coarse:min-h-touch"
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
