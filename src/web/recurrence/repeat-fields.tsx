import { useState } from 'react';
import { parseDate, weekdayOf } from '#core/recurrence/wall-clock.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { dayInMonthOptions } from './day-in-month.ts';
import { NumberField } from './number-field.tsx';
import type { RepeatDraft, RepeatFieldProps } from './repeat-draft.ts';
import { RepeatTimes } from './repeat-times.tsx';
import { WeekdayToggles } from './weekday-toggles.tsx';

const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const;

export function RepeatFields({ draft, onChange }: RepeatFieldProps) {
  const special = draft.anchor !== 'schedule' || draft.catchUp;
  const [more, setMore] = useState(special);
  return (
    <>
      <Rhythm draft={draft} onChange={onChange} />
      {draft.unit === 'custom' ? null : <Days draft={draft} onChange={onChange} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="From"
          type="date"
          required
          value={draft.start}
          onChange={(start) => onChange(startingOn(start, draft))}
        />
        <RepeatTimes draft={draft} onChange={onChange} />
      </div>
      {draft.unit === 'custom' ? null : <End draft={draft} onChange={onChange} />}
      {more ? <More draft={draft} onChange={onChange} /> : null}
      {more ? null : (
        <div className="-ml-2">
          <Button tone="ghost" size="sm" onClick={() => setMore(true)}>
            More options
          </Button>
        </div>
      )}
    </>
  );
}

/** A field for a date is empty while it is being typed. */
function startingOn(start: string, draft: RepeatDraft): Partial<RepeatDraft> {
  if (start === '') return {};
  const weekday = weekdayOf(parseDate(draft.start));
  const only = draft.weekdays.length === 1 && draft.weekdays[0] === weekday;
  return {
    start,
    intendedDay: null,
    ...(only && { weekdays: [weekdayOf(parseDate(start))] }),
  };
}

function Rhythm({ draft, onChange }: RepeatFieldProps) {
  const { unit, interval } = draft;
  const options = [
    ...Object.entries(UNITS).map(([value, word]) => ({
      value: value as keyof typeof UNITS,
      label: interval === 1 ? word : `${word}s`,
    })),
    { value: 'custom' as const, label: 'rule as written' },
  ];
  return (
    <>
      <div className="grid grid-cols-[5rem_1fr] items-end gap-2">
        <NumberField
          label="Every"
          most={999}
          autoFocus
          disabled={unit === 'custom'}
          value={interval}
          onChange={(value) => onChange({ interval: value })}
        />
        <Select
          label="Unit"
          labelHidden
          value={unit}
          options={options}
          onChange={(value) => onChange({ unit: value })}
        />
      </div>
      {unit === 'custom' ? (
        <TextField
          label="Rule (RFC 5545)"
          autoComplete="off"
          spellCheck={false}
          value={draft.custom}
          onChange={(custom) => onChange({ custom })}
        />
      ) : null}
    </>
  );
}

function Days({ draft, onChange }: RepeatFieldProps) {
  const calendar = useCalendar();
  const { unit, anchor, weekdays, dayInMonth } = draft;
  if (anchor === 'completion-weekday' || unit === 'WEEKLY') {
    return <WeekdayToggles value={weekdays} onChange={(value) => onChange({ weekdays: value })} />;
  }
  if (unit === 'DAILY') return null;
  return (
    <Select
      label="On"
      value={dayInMonth}
      options={dayInMonthOptions(draft, calendar.locale)}
      onChange={(value) => onChange({ dayInMonth: value })}
    />
  );
}

function End({ draft, onChange }: RepeatFieldProps) {
  const { end, until, count, start } = draft;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        label="Ends"
        value={end}
        options={[
          { value: 'never', label: 'Never' },
          { value: 'until', label: 'On a date' },
          { value: 'count', label: 'After a number of times' },
        ]}
        onChange={(value) => onChange({ end: value })}
      />
      {end === 'until' ? (
        <TextField
          label="Last day"
          type="date"
          required
          min={start}
          value={until}
          onChange={(value) => (value === '' ? undefined : onChange({ until: value }))}
        />
      ) : null}
      {end === 'count' ? (
        <NumberField
          label="Times, this one included"
          most={9999}
          value={count}
          onChange={(value) => onChange({ count: value })}
        />
      ) : null}
    </div>
  );
}

const ANCHORS = {
  schedule: 'The plan, however late it is done',
  completion: 'The day on which it is done',
  'completion-weekday': 'The day on which it is done, on its weekday',
} as const;

function More({ draft, onChange }: RepeatFieldProps) {
  const { anchor, catchUp } = draft;
  return (
    <>
      <Select
        label="The next date counts from"
        value={anchor}
        options={Object.entries(ANCHORS).map(([value, label]) => ({ value: value as keyof typeof ANCHORS, label }))}
        onChange={(value) => onChange({ anchor: value })}
      />
      {anchor === 'schedule' ? (
        <Select
          label="When dates were missed"
          value={catchUp ? 'each' : 'next'}
          options={[
            { value: 'next', label: 'Go on with the next one' },
            { value: 'each', label: 'Do every one of them' },
          ]}
          onChange={(value) => onChange({ catchUp: value === 'each' })}
        />
      ) : null}
    </>
  );
}
