import { expect, test } from 'vitest';
import { compilePane } from './match-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { resolveFilter } from './resolve-filter.ts';
import { berlin, LOOKUPS, TASKS } from './testing/filter-examples.ts';

/** A query, and the tasks of filter-examples.ts that each of its panes shows; then its canonical text, if it differs. */
type Example = readonly [query: string, panes: string | readonly string[], canonical?: string];

const OPEN = 'milk report late vat missed trip paint far someday routine parent sub quick talk';

/** The examples of the design. */
const EXAMPLES: readonly Example[] = [
  ['today', 'milk report vat routine parent'],
  ['today | overdue', 'milk report late vat missed routine parent'],
  ['7 days', 'milk report vat trip paint routine parent quick'],
  ['no date', 'someday sub talk'],
  ['!no date & no time', 'milk late vat missed trip paint far routine parent quick'],
  ['date: tomorrow', 'trip'],
  ['date before: sat', 'milk report late trip routine parent quick', 'date < saturday'],
  ['deadline: today', 'vat'],
  ['deadline < today', 'missed'],
  ['no deadline & p1', 'report'],
  ['p1 | p2', 'report late vat'],
  ['no priority', 'milk trip paint far someday routine parent sub quick talk', 'p4'],
  ['#Work', 'report vat far parent sub'],
  ['##Work', 'report vat far someday parent sub'],
  ['#"One & Two"', 'someday'],
  [String.raw`#One\ \&\ Two`, 'someday', '#"One & Two"'],
  ['/Meetings', 'report quick'],
  ['#Work & no section', 'vat far parent sub'],
  ['@waiting & 7 days', 'report paint'],
  ['no labels & #Inbox', 'milk missed routine talk'],
  ['assigned to: me & ##Work', 'report'],
  ['assigned by: me & assigned to: others', 'far'],
  ['added by: Ben & created: today', 'report'],
  ['created < -365 days', 'someday'],
  ['updated < -30 days & no date', 'someday'],
  ['recurring & today', 'routine'],
  ['evening & 2 days', 'routine'],
  ['has:file & #Work', ''],
  ['parent & today with:subtasks', 'parent'],
  ['completed: today group:project', 'done'],
  ['overdue, today, tomorrow', ['late missed', 'milk report vat routine parent', 'trip']],
  ['"Now" = p1 & today, "Next" = p2 & 7 days sort:deadline', ['report vat', '']],
  ['is:blocked & assigned to: me', ''],
];

/** What Todoist's own help shows, pasted. */
const TODOIST: readonly Example[] = [
  ['(P1 | P2) & 14 days', 'report vat', '(p1 | p2) & 14 days'],
  ['(today | overdue) & #work', 'report vat parent', '(today | overdue) & #Work'],
  ['view all', OPEN, 'all'],
  ['over due', 'late missed', 'overdue'],
  ['od', 'late missed', 'overdue'],
  ['no due date', 'someday sub talk', 'no date'],
  ['next 5 days', 'milk report vat trip routine parent quick', '5 days'],
  ['due before: may 5', OPEN.replace('someday', '').replace('sub', '').replace('talk', ''), 'due < 5 may'],
  ['due after: tomorrow', 'paint far quick', 'due > tomorrow'],
  ['due before: +4 hours', 'late missed', 'due < +4 hours'],
  ['date before: +6 hours', 'report late', 'date < +6 hours'],
  ['-3 days', 'late'],
  ['saturday', ''],
  ['friday', 'quick'],
  ['24 dec', 'far', '24 december'],
  ['24/12/2026', 'far', '2026-12-24'],
  ['created before: -365 days', 'someday', 'created < -365 days'],
  ['created after: -4 hours', '', 'created > -4 hours'],
  ['!subtask & ##Work', 'report vat far someday parent'],
  ['subtask', 'sub'],
  ['assigned', 'report far'],
  ['!assigned & shared', 'vat parent sub'],
  ['shared & !assigned to: me', 'vat far parent sub'],
  ['assigned to: Anna Lang', 'far', 'assigned to: "Anna Lang"'],
  ['assigned to: anna', 'far', 'assigned to: "Anna Lang"'],
  ['added by: others', 'report'],
  ['@wait*', 'report paint'],
  ['@two words', 'someday', '@"two words"'],
  ['%errand', 'late', '@errand'],
  ['#Home* & !#Home', 'trip'],
  ['!/* & #Work', 'vat far parent sub'],
  ['search: talk about & no date', 'talk', 'search: "talk about" & no date'],
  ['#Home Improvements & tomorrow', 'trip', '#"Home Improvements" & tomorrow'],
];

const MORE: readonly Example[] = [
  [
    'NOT done AND not No Date or P3',
    'milk report late vat missed trip paint far routine parent quick',
    '!done & !no date | p3',
  ],
  ['p1 | p2 & today', 'report vat'],
  ['(p1 | p2) & !today', 'late'],
  ['!(p1 | p2 | p3) & #Home', 'paint quick'],
  ['!!p1', 'report vat', 'p1'],
  ['(((p1)))', 'report vat', 'p1'],
  ['today & (p1 & #Work)', 'report vat', 'today & p1 & #Work'],
  ['date != today & #Work', 'vat far sub'],
  ['!date: today & #Work', 'vat far sub', 'date != today & #Work'],
  ['next week', 'paint'],
  ['this week', 'milk report late vat trip routine parent quick'],
  ['this month & deadline > today', 'trip'],
  ['date > this month', 'far'],
  ['due: december', 'far', 'december'],
  ['in 6 days', 'paint', '+6 days'],
  ['week 47 & p2', 'late'],
  ['yesterday | day after tomorrow', 'quick', 'yesterday | +2 days'],
  ['completed: yesterday', ''],
  ['completed: last 3 days', 'done'],
  ['completed < -2 weeks', 'old', 'completed < -14 days'],
  ['completed: november', 'done old'],
  ['done', 'done old'],
  ['!done & #Home', 'late paint quick'],
  ['deleted', 'trashed'],
  ['all', OPEN],
  ['duration <= 30m', 'quick'],
  ['duration: 15', 'quick', 'duration: 15m'],
  ['no duration & #Home', 'late paint'],
  ['duration > 1h30', '', 'duration > 90m'],
  ['subtasks > 0', 'parent'],
  ['subtasks: 0 & #Work', 'report vat far sub'],
  ['comments >= 2', 'talk'],
  ['has:comment', 'talk'],
  ['has: link', 'someday', 'has:link'],
  ['has:description', 'someday'],
  ['has:reminder', ''],
  ['priority <= 2', 'report late vat', 'priority <= p2'],
  ['priority: p3', 'missed', 'p3'],
  ['priority != 4', 'report late vat missed', '!p4'],
  ['title: straße', ''],
  ['search: strasse', 'talk'],
  ['search:x.example', 'someday', 'search: x.example'],
  ['search: "x.example"', 'someday', 'search: x.example'],
  ['@stranger', 'far'],
  ['assigned to: nobody & p1', 'vat'],
  ['assigned by: Ben', 'report'],
  ['heute', 'milk report vat routine parent', 'today'],
  ['nächste Woche', 'paint', 'next week'],
  ['deadline < morgen', 'vat missed', 'deadline < tomorrow'],
  ['24. Dezember', 'far', '24 december'],
  ['letzte 3 Tage & p2', 'late', 'last 3 days & p2'],
  ['today sort:priority sort:title- limit:2', 'milk report vat routine parent'],
  ['  today  ', 'milk report vat routine parent', 'today'],
];

test.for([...EXAMPLES, ...TODOIST, ...MORE])('%s', ([query, panes, canonical = query]) => {
  const parsed = parseFilter(query, berlin);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const found = resolveFilter(parsed.filter, berlin).map((pane) => {
    const matches = compilePane(pane);
    return TASKS.filter((task) => matches(task, LOOKUPS)).map(({ id }) => id);
  });
  const expected = (typeof panes === 'string' ? [panes] : panes).map((ids) => ids.split(' ').filter(Boolean));
  expect(found).toEqual(expected);
  expect(printFilter(parsed.filter, berlin, 'en-GB')).toBe(canonical);
});
