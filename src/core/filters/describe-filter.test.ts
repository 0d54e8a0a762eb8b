import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeFilter } from './describe-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { berlin } from './testing/filter-examples.ts';
import { randomFilter } from './testing/random-filter.ts';

function words(query: string, locale: string): string {
  const parsed = parseFilter(query, berlin);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return describeFilter(parsed.filter, berlin, locale);
}

test.each([
  ['today', 'Tasks due today', 'Aufgaben: heute fällig'],
  ['today | overdue', 'Tasks due today or overdue', 'Aufgaben: heute fällig oder überfällig'],
  [
    'p1 & today, p2 & 7 days',
    'Tasks with priority 1 and due today, then tasks with priority 2 and due in the next 7 days',
    'Aufgaben: mit Priorität 1 und heute fällig, dann Aufgaben: mit Priorität 2 und in den nächsten 7 Tagen fällig',
  ],
  [
    '"Now" = (#Work | @waiting) & !assigned sort:deadline- limit:5',
    'Now: Tasks (in Work or with label waiting) and not assigned to somebody, sorted by deadline backwards, at most 5',
    'Now: Aufgaben: (in Work oder mit Etikett waiting) und nicht jemandem zugewiesen, sortiert nach Frist (absteigend), höchstens 5',
  ],
  ['deadline < today', 'Tasks with a deadline before today', 'Aufgaben: mit Frist früher als heute'],
  ['created < -365 days', 'Tasks added before 365 days ago', 'Aufgaben: früher als vor 365 Tagen angelegt'],
  ['date before: sat', 'Tasks planned before Saturday', 'Aufgaben: früher als am Samstag geplant'],
  ['due before: +4 hours', 'Tasks due before 4 hours from now', 'Aufgaben: früher als in 4 Stunden fällig'],
  ['updated: -30 min', 'Tasks changed between now and 30 minutes ago', 'Aufgaben: seit 30 Minuten geändert'],
  ['##Work', 'Tasks in Work or a project below it', 'Aufgaben: in Work oder einem Projekt darunter'],
  ['priority <= 2', 'Tasks with priority 1 to 2', 'Aufgaben: mit Priorität 1 bis 2'],
  ['duration <= 30m', 'Tasks that take at most 30 minutes', 'Aufgaben: mit Dauer höchstens 30 Minuten'],
  ['subtasks > 1', 'Tasks with more than 1 subtask', 'Aufgaben: mit mehr als 1 Unteraufgabe'],
  ['assigned to: me', 'Tasks assigned to me', 'Aufgaben: zugewiesen an mich'],
  ['added by: anna', 'Tasks added by Anna Lang', 'Aufgaben: angelegt von Anna Lang'],
  [
    '24 dec | 2026-12-05',
    'Tasks due on 24 December or due on 5 December 2026',
    'Aufgaben: am 24. Dezember fällig oder am 5. Dezember 2026 fällig',
  ],
  [
    'all group:project with:parents',
    'All tasks, grouped by project, with their parents',
    'Alle Aufgaben, gruppiert nach Projekt, mit ihren Elternaufgaben',
  ],
  ['search: milk', 'Tasks with "milk" in the text', 'Aufgaben: mit „milk“ im Text'],
])('%s', (query, english, german) => {
  expect(words(query, 'en-GB')).toBe(english);
  expect(words(query, 'de-DE')).toBe(german);
  expect(words(query, 'fr-FR')).toBe(english);
});

test('every filter has words', () => {
  fc.assert(
    fc.property(randomFilter(), fc.constantFrom('en', 'de'), (filter, locale) => {
      const said = describeFilter(filter, berlin, locale);
      expect(said).not.toMatch(/undefined|null|NaN|\[object|=>/u);
      expect(said.length).toBeGreaterThan(4);
    }),
  );
});
