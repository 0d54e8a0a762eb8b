import { FilePlus2, Sprout } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { updateSettings } from '#core/users/user-mutators.ts';
import { navigate } from '#web/navigation.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { projectHref, routes } from '#web/routes.ts';
import { DateSettings } from '#web/settings/date-settings.tsx';
import { AuthLayout } from './auth-layout.tsx';
import { addExample } from './example-project.ts';
import { useUser } from './session.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import { useSettings, useStoredSettings } from '#web/settings/use-settings.ts';

/** Shown once, after an account was made: how dates are meant, and what to begin with. */
export function SetupPage() {
  const user = useUser();
  const replica = useReplica();
  const settings = useSettings();
  const stored = useStoredSettings();
  const inbox = useInbox();
  const [given, setGiven] = useState({
    timeZone: settings.timeZone,
    weekStart: settings.weekStart,
    locale: settings.locale,
  });
  const ready = stored !== undefined && inbox !== undefined;

  const begin = (then: () => string): void => {
    replica.mutate(updateSettings, given);
    navigate(then(), { replace: true });
  };

  return (
    <AuthLayout wide title={`Welcome, ${user.displayName}`} text="How dates are meant for you, and off you go.">
      <DateSettings value={given} onChange={(change) => setGiven({ ...given, ...change })} />
      <div className="grid gap-3 sm:grid-cols-2">
        <StartCard
          icon={<FilePlus2 aria-hidden="true" className="size-5" />}
          title="Start empty"
          text="A clean Inbox, ready for your first task."
          disabled={!ready}
          onSelect={() => begin(() => routes.home.href({}))}
        />
        <StartCard
          icon={<Sprout aria-hidden="true" className="size-5" />}
          title="Start with an example"
          text="A small project to look at, change and delete."
          disabled={!ready}
          onSelect={() => begin(() => projectHref(addExample(replica, Date.now(), given.timeZone)))}
        />
      </div>
    </AuthLayout>
  );
}

interface StartCardProps {
  icon: ReactNode;
  title: string;
  text: string;
  disabled: boolean;
  onSelect: () => void;
}

function StartCard({ icon, title, text, disabled, onSelect }: StartCardProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onSelect}
      className="flex flex-col items-start gap-3 rounded-card border border-line bg-canvas p-4 text-start transition-colors hover:border-accent hover:bg-selected disabled:opacity-50"
    >
      <span className="grid size-9 place-items-center rounded-full bg-selected text-accent-fg">{icon}</span>
      <span className="flex flex-col gap-0.5">
        <span className="text-body font-semibold">{title}</span>
        <span className="text-body-sm text-fg-secondary">{text}</span>
      </span>
    </button>
  );
}
