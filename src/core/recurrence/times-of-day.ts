import { hasTimes, type Rule } from './rule.ts';

/** The minutes of a day at which a rule occurs, ascending; `startMinute` fills in what the rule leaves open. */
export function minutesOfDay(rule: Rule, startMinute: number): number[] {
  if (!hasTimes(rule)) return [startMinute];
  const hours = rule.byHour.length > 0 ? rule.byHour : [Math.floor(startMinute / 60)];
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : [startMinute % 60];
  return hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
}

/** Where BYSETPOS points among `size` occurrences, counted from either end; null without BYSETPOS. */
export function placesOf(rule: Rule, size: number): number[] | null {
  if (rule.bySetPos.length === 0) return null;
  const places = rule.bySetPos.map((position) => (position > 0 ? position - 1 : size + position));
  const valid = places.filter((place, n) => place >= 0 && place < size && places.indexOf(place) === n);
  return valid.sort((a, b) => a - b);
}

/**
 * The rule at these minutes of the day, or null where RFC 5545 cannot say it. BYHOUR and BYMINUTE multiply, so 9:15
 * and 17:40 take BYSETPOS to leave 9:40 and 17:15 out, which picks within a day only in a daily rule.
 */
export function withTimes(rule: Rule, minutesOfTheDay: readonly number[]): Rule | null {
  const wanted = [...new Set(minutesOfTheDay)].sort((a, b) => a - b);
  const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
  const timed: Rule = {
    ...rule,
    byHour: ascending(wanted.map((minute) => Math.floor(minute / 60))),
    byMinute: ascending(wanted.map((minute) => minute % 60)),
  };
  const all = minutesOfDay(timed, 0);
  if (all.length === wanted.length) return timed.bySetPos.length > 0 && wanted.length > 1 ? null : timed;
  const daily = asDaily(timed);
  return daily && { ...daily, bySetPos: wanted.map((minute) => all.indexOf(minute) + 1) };
}

/** Every Tuesday is every day that is a Tuesday. */
function asDaily(rule: Rule): Rule | null {
  if (rule.bySetPos.length > 0 || rule.byDay.some((day) => day.ordinal !== 0)) return null;
  if (rule.freq === 'DAILY') return rule;
  const named = rule.freq === 'WEEKLY' ? rule.byDay.length > 0 : rule.byMonthDay.length > 0;
  return rule.interval === 1 && named && rule.freq !== 'YEARLY' ? { ...rule, freq: 'DAILY' } : null;
}
