import { dayOf, weekdayOf } from '#web/dates/calendar-date.ts';
import { repeatWords } from '#web/recurrence/repeat-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { firstOccurrence } from '#core/recurrence/next-occurrence.ts';
import { WEEKDAY_CODES } from '#core/recurrence/rule.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import { type DraftPickerProps, SingleMenu } from './draft-picker.tsx';

/** The rules that people choose most, counted from the date of the draft. All others are typed, or said in a form. */
export function RepeatMenu({ read, anchor, onChoose, onPick, onClose }: DraftPickerProps) {
  const { today, locale, timeZone } = useCalendar();
  const { task } = read;
  const from = task.date ?? today;
  const weekday = WEEKDAY_CODES[weekdayOf(from) - 1] ?? 'MO';
  const day = dayOf(from);
  const rules: readonly (readonly [rule: string, intendedDay: number | null])[] = [
    ['FREQ=DAILY', null],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', null],
    [`FREQ=WEEKLY;BYDAY=${weekday}`, null],
    // A month that has no such day takes its last one.
    day > 28 ? ['FREQ=MONTHLY', day] : [`FREQ=MONTHLY;BYMONTHDAY=${day}`, null],
    ['FREQ=YEARLY', day > 28 ? day : null],
  ];
  const choose = (recurrence: Recurrence) => {
    onChoose('recurrence', recurrence);
    const first = firstOccurrence({ date: from, time: task.time, timeZone, recurrence });
    if (first && first.date !== task.date) onChoose('when', { ...first, evening: task.evening });
  };
  const items = rules.map(([rule, intendedDay]) => ({
    id: rule,
    label: repeatWords({ rule, anchor: 'schedule' }, locale),
    checked: task.recurrence?.rule === rule,
    onSelect: () => choose({ rule, anchor: 'schedule', intendedDay }),
  }));
  const none = {
    id: 'none',
    label: 'Does not repeat',
    checked: task.recurrence === null,
    onSelect: () => onChoose('recurrence', null),
  };
  const isOther = task.recurrence !== null && !rules.some(([rule]) => rule === task.recurrence?.rule);
  const other = { id: 'other', label: 'Custom…', checked: isOther, onSelect: () => onPick('repeat-form') };
  return <SingleMenu label="Repeat" anchor={anchor} items={[...items, other, none]} onClose={onClose} />;
}
