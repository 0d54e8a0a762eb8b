import { namesOf } from '#core/filters/builder-terms.ts';
import { datePrinterFor, printDateValue } from '#core/filters/date-printer.ts';
import { findDateValue } from '#core/filters/date-values.ts';
import type { DateField, DateValue, NameRef } from '#core/filters/filter.ts';
import type { FilterNames } from '#core/filters/filter-context.ts';
import type { NameKind } from '#core/filters/name-index.ts';
import { isPastField } from '#core/filters/resolve-dates.ts';
import type { SelectOption } from '#web/ui/select.tsx';

interface ValueOption<Value> extends SelectOption<string> {
  readonly meaning: Value;
}

const FUTURE = [
  'today',
  'tomorrow',
  '7 days',
  '14 days',
  'this week',
  'next week',
  'this weekend',
  'this month',
  'next month',
];
const PAST = [
  'today',
  'yesterday',
  'last 7 days',
  'last 30 days',
  '-30 days',
  'this week',
  'last week',
  'this month',
  'last month',
];
const DATE_WORDS: Readonly<Record<string, string>> = {
  '7 days': 'the next 7 days',
  '14 days': 'the next 14 days',
  'last 7 days': 'the last 7 days',
  'last 30 days': 'the last 30 days',
  '-30 days': '30 days ago',
};

/** The days that are asked for most, and the one that is meant. */
export function dateOptions(field: DateField, current: DateValue, locale: string): readonly ValueOption<DateValue>[] {
  const offered = (isPastField(field) ? PAST : FUTURE).flatMap((phrase) => {
    const found = findDateValue(phrase, 'en', false);
    return found ? [{ value: dateKey(found.value), label: DATE_WORDS[phrase] ?? phrase, meaning: found.value }] : [];
  });
  const key = dateKey(current);
  if (offered.some(({ value }) => value === key)) return offered;
  return [...offered, { value: key, label: spelledDate(current, locale), meaning: current }];
}

export function dateKey(value: DateValue): string {
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function spelledDate(value: DateValue, locale: string): string {
  const printer = datePrinterFor(locale);
  return printDateValue(value, printer, false) ?? printDateValue(value, printer, true) ?? '';
}

/** What somebody wrote as a day or a span of days, when all of it is one. */
export function readDate(text: string, locale: string): DateValue | null {
  const wanted = text.trim();
  const found = wanted === '' ? null : findDateValue(wanted, locale, false);
  return found?.length === wanted.length ? found.value : null;
}

/** Names that things share tell by what is above them; a name with `*`, or of nothing, stays what it is. */
export function nameOptions(
  kind: NameKind,
  current: NameRef | null,
  names: FilterNames,
): readonly ValueOption<NameRef>[] {
  const offered = namesOf(kind, names).map((name) => ({
    value: nameKey(name),
    label: isShared(name.name, kind, names) ? `${name.name} · ${aboveOf(name.ids[0] ?? '', names)}` : name.name,
    meaning: name,
  }));
  if (!current || offered.some(({ value }) => value === nameKey(current))) return offered;
  const label = 'pattern' in current ? current.pattern.join('*') : current.name;
  const some = 'ids' in current && current.ids.length > 1 ? ` (${current.ids.length})` : '';
  return [...offered, { value: nameKey(current), label: `${label}${some}`, meaning: current }];
}

export function nameKey(name: NameRef): string {
  return 'pattern' in name ? `*${name.pattern.join('*')}` : name.ids.length > 0 ? name.ids.join() : `?${name.name}`;
}

function isShared(name: string, kind: NameKind, { projects }: FilterNames): boolean {
  return kind === 'project' && projects.filter((each) => each.name === name).length > 1;
}

function aboveOf(projectId: string, { projects }: FilterNames): string {
  const parentId = projects.find(({ id }) => id === projectId)?.parentId;
  return projects.find(({ id }) => id === parentId)?.name ?? 'top level';
}
