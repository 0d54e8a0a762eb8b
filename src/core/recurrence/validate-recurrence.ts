import { validationFailed } from '#core/errors.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import { parseRule } from './parse-rule.ts';
import type { Rule } from './rule.ts';
import { firstFrom } from './series.ts';
import { MINUTES_PER_DAY, parseDate } from './wall-clock.ts';

/** Throws `validation_failed` with what is wrong, when a task of this date could not recur by this. */
export function requireRecurrence({ rule: text, anchor }: Recurrence, date: string): void {
  const rule = parseRule(text);
  if (anchor === 'completion-weekday') {
    const extra = SNAPPED_WITHOUT.find((part) => rule[part].length > 0);
    if (extra) {
      throw validationFailed(
        '/recurrence/rule',
        `A task that repeats on a weekday after its completion takes FREQ, INTERVAL and BYDAY, not ${extra.toUpperCase()}.`,
      );
    }
  }
  if (!canOccur(rule, date)) throw validationFailed('/recurrence/rule', 'No date matches this recurrence rule.');
}

const SNAPPED_WITHOUT = ['byMonth', 'byMonthDay', 'byHour', 'byMinute', 'bySetPos'] as const;

/** 30 February is well-formed; so is every seventh day, if it is a Tuesday, from a Wednesday on. */
function canOccur(rule: Rule, date: string): boolean {
  const start = parseDate(date) * MINUTES_PER_DAY;
  return firstFrom({ rule: { ...rule, count: null, until: null }, start, intendedDay: 1 }, start) !== null;
}
