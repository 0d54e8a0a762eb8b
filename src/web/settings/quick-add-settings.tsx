import { useMemo, useRef, useState } from 'react';
import { PREFIXES } from '#core/quick-add/quick-add.ts';
import { QUICK_ADD_DEFAULT, type QuickAddSettings as Chosen } from '#core/users/settings.ts';
import { updateSettings } from '#core/users/user-mutators.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import { DraftField } from '#web/quick-add/draft-field.tsx';
import { DraftStore, EMPTY_DRAFT } from '#web/quick-add/draft.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { Select, type SelectOption } from '#web/ui/select.tsx';
import { Switch } from '#web/ui/switch.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { useSettings } from './use-settings.ts';

const WORDS: readonly SelectOption<Chosen['words']>[] = [
  { value: 'auto', label: 'As the region' },
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
];
const SIGNS: readonly SelectOption<Chosen['signs']>[] = [
  { value: 'tend', label: 'As in Tend and Todoist' },
  { value: 'vikunja', label: 'As in Vikunja' },
  { value: 'ticktick', label: 'As in TickTick' },
];

/** How lines are read, wherever they are written. */
export function QuickAddSettings() {
  const replica = useReplica();
  const quickAdd = useSettings().quickAdd ?? QUICK_ADD_DEFAULT;
  const { words, dates, suggestions, signs } = quickAdd;
  const change = (part: Partial<Chosen>) => void replica.mutate(updateSettings, { quickAdd: { ...quickAdd, ...part } });
  const shownDates = dates === 'suggest' && !suggestions ? 'off' : dates;
  return (
    <>
      <SettingsGroup title="Try it" text="Nothing is added here.">
        <Trial />
      </SettingsGroup>
      <Select
        label="Words"
        description="For days, times and priorities, here, by the API and on the command line."
        value={words}
        options={WORDS}
        onChange={(value) => change({ words: value })}
      />
      <Select
        label="Dates, times and repetition"
        value={shownDates}
        options={[
          { value: 'auto', label: 'Are understood' },
          { value: 'suggest', label: 'Are only suggested', disabled: !suggestions },
          { value: 'off', label: 'Stay text' },
        ]}
        onChange={(value) => change({ dates: value })}
      />
      <Switch
        label="Suggestions"
        description="Mark what may be meant, as Friday in “Prepare Friday demo”. Tab or a tap accepts it."
        checked={suggestions}
        onChange={(enabled) => change({ suggestions: enabled })}
      />
      <Select label="Signs" value={signs} options={SIGNS} onChange={(value) => change({ signs: value })} />
      <SettingsGroup title="What is understood" text="What is off stays text.">
        <Understood quickAdd={quickAdd} isTimeOff={shownDates === 'off'} onChange={(off) => change({ off })} />
      </SettingsGroup>
    </>
  );
}

type Part = Chosen['off'][number];

interface UnderstoodProps {
  quickAdd: Chosen;
  /** Nothing about time is understood anyway. */
  isTimeOff: boolean;
  onChange: (off: Part[]) => void;
}

function Understood({ quickAdd: { signs, off }, isTimeOff, onChange }: UnderstoodProps) {
  const prefixes = PREFIXES[signs];
  const parts: readonly (readonly [part: Part, label: string, example: string, isGone: boolean])[] = [
    ['project', 'Projects', `${prefixes.project.charAt(0)}Home`, false],
    ['section', 'Sections', `${prefixes.section}Meetings`, prefixes.section === ''],
    ['label', 'Labels', `${prefixes.label.charAt(0)}errands`, false],
    ['person', 'People', `${prefixes.person}Anna`, false],
    ['priority', 'Priorities', '!1', false],
    ['deadline', 'Deadlines', '{2026-12-10}', isTimeOff],
    ['recur', 'Repetition', 'every 3 days', isTimeOff],
    ['duration', 'Durations', 'for 30m', isTimeOff],
  ];
  return (
    <div className="flex flex-col">
      {parts.map(([part, label, example, isGone]) => (
        <Switch
          key={part}
          label={label}
          description={isGone ? 'Not with the choices above.' : example}
          checked={!isGone && !off.includes(part)}
          disabled={isGone}
          onChange={(enabled) => onChange(enabled ? off.filter((each) => each !== part) : [...off, part])}
        />
      ))}
    </div>
  );
}

function Trial() {
  const inbox = useInbox();
  const [store] = useState(() => new DraftStore(EMPTY_DRAFT));
  const ref = useRef<HTMLTextAreaElement>(null);
  const base = useMemo(
    () => ({ place: { projectId: inbox?.id ?? '', sectionId: null, parentId: null }, content: {} }),
    [inbox?.id],
  );
  return (
    <div className="rounded-md border border-line-strong bg-raised px-1 py-0.5 text-body focus-within:outline-2 focus-within:outline-focus">
      <DraftField
        ref={ref}
        store={store}
        base={base}
        label="Try a line"
        placeholder="Buy milk tomorrow 9:00 #Home @errands"
        lines="wrapped"
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
    </div>
  );
}
