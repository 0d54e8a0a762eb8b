import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personalDayAt } from '#core/dates/personal-day.ts';
import { formatDate } from '#core/recurrence/wall-clock.ts';
import { foldCase } from './filter.ts';
import { type Asker, demandedContent } from './demanded-content.ts';
import type { FilterContext } from './filter-context.ts';
import { compilePane } from './match-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { resolvePane } from './resolve-filter.ts';
import { berlin, INBOX } from './testing/filter-examples.ts';
import { contextOf, filterClock, filterWorld, lookupsOf } from './testing/filter-world.ts';
import { randomPane } from './testing/random-filter.ts';

function askerOf(context: FilterContext, canAdd: Asker['canAdd'] = () => true): Asker {
  return { ...context, today: formatDate(personalDayAt(context.now, context)), inboxId: INBOX, canAdd };
}

function demanded(query: string, canAdd?: Asker['canAdd']): string {
  const parsed = parseFilter(query, berlin);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  const { where } = resolvePane(parsed.filter.panes[0]!, berlin);
  const { projectId, sectionId, content } = demandedContent(where, askerOf(berlin, canAdd));
  const nameOf = (rows: readonly { id: string; name: string }[], id: string | null) =>
    rows.find((row) => row.id === id)?.name;
  const { labels, assigneeId, evening } = content;
  const values = (['priority', 'date', 'deadline', 'duration'] as const).flatMap((key) =>
    content[key] === undefined ? [] : [`${key} ${content[key]}`],
  );
  const place = [nameOf(berlin.projects, projectId), nameOf(berlin.sections, sectionId)].filter(Boolean).join('/');
  const who = berlin.members.find(({ userId }) => userId === assigneeId)?.displayName;
  return [place, ...values, evening && 'evening', labels, who].filter(Boolean).join(', ');
}

test.each([
  ['#Work & p1', 'Work, priority 1'],
  ['today', 'Inbox, date 2026-11-18'],
  ['date: tomorrow & deadline: friday', 'Inbox, date 2026-11-19, deadline 2026-11-20'],
  ['@waiting & @errand & no date', 'Inbox, waiting,errand'],
  ['#Work & /Meetings', 'Work/Meetings'],
  ['/Backlog', 'Work/Backlog'],
  ['evening & today', 'Inbox, date 2026-11-18, evening'],
  ['duration: 30m & p2', 'Inbox, priority 2, duration 30'],
  // One project is above the others.
  ['##Home', 'Home'],
  ['#Home*', 'Home'],
  // Alternatives demand what they have in common.
  ['(p1 & @waiting) | (today & @waiting)', 'Inbox, waiting'],
  ['p1 | p2', 'Inbox'],
  ['#Home | #Work', 'Inbox'],
  ['no date | today', 'Inbox'],
  // Overdue and completed tasks are not added: what is left is no choice.
  ['(today | overdue) & #Work', 'Work, date 2026-11-18'],
  ['(p1 | done) & @waiting', 'Inbox, priority 1, waiting'],
  ['overdue & #Work', 'Work'],
  ['due <= today', 'Inbox, date 2026-11-18'],
  ['date > today & date < fri', 'Inbox, date 2026-11-19'],
  // What leaves a choice.
  ['7 days & #Work', 'Work'],
  ['/Meetings', 'Inbox'],
  ['@w*', 'Inbox'],
  ['!#Work & !p1', 'Inbox'],
  ['evening', 'Inbox'],
  ['search: milk & p3', 'Inbox, priority 3'],
  ['all', 'Inbox'],
  ['no priority', 'Inbox'],
  // What nothing can be.
  ['p1 & p2', 'Inbox'],
  ['#Home & #Work', 'Inbox'],
  ['@nowhere & #Nowhere', 'Inbox'],
  // People are assigned where they are.
  ['assigned to: Ben & #Work', 'Work, Ben'],
  ['assigned to: Ben', 'Inbox'],
  ['assigned to: others & #Work', 'Work'],
  ['(added by: Ben & p1) | (added by: me & p2)', 'Inbox, priority 2'],
])('a task that is added to %s: %s', (query, words) => {
  expect(demanded(query)).toBe(words);
});

test('where the asker may not add tasks, they go to the inbox with the rest of what is demanded', () => {
  expect(demanded('#Work & /Meetings & p1 & assigned to: Ben', () => false)).toBe('Inbox, priority 1');
});

/** A task as it is on the day on which it is added, at the top of its list. */
const world = filterClock.chain((clock) => fc.record({ clock: fc.constant(clock), world: filterWorld(clock) }));

test('every new task that a list matches has what the list demands', () => {
  let checked = 0;
  fc.assert(
    fc.property(world, randomPane(), ({ clock, world: of }, pane) => {
      const context = contextOf(of, clock);
      const asker = askerOf(context);
      const resolved = resolvePane(pane, context);
      const { projectId, sectionId, content } = demandedContent(resolved.where, asker);
      const matches = compilePane(resolved);
      const parents = new Map(of.projects.map((each) => [each.id, each.parentId]));
      const isIn = (id: string | null | undefined): boolean => !!id && (id === projectId || isIn(parents.get(id)));
      const createdAt = new Date(clock.now).toISOString();
      const over = (day: string | null): boolean => day !== null && day < asker.today;
      for (const given of of.tasks) {
        if (over(given.date) || over(given.deadline) || !parents.has(given.projectId)) continue;
        const made = { createdAt, updatedAt: createdAt, createdBy: context.userId };
        const task = { ...given, ...made, completedAt: null, deletedAt: null, parentId: null };
        const isListed = context.projects.some(({ id }) => id === task.projectId);
        if (!isListed || !matches(task, { ...lookupsOf(of), subtaskCount: () => 0, commentCount: () => 0 })) continue;
        if (projectId !== INBOX) expect(isIn(task.projectId)).toBe(true);
        if (sectionId !== null) expect(task.sectionId).toBe(sectionId);
        if (content.priority !== undefined) expect(task.priority).toBe(content.priority);
        if (content.date) expect([task.date, task.date ?? task.deadline]).toContain(content.date);
        if (content.deadline) expect(task.deadline).toBe(content.deadline);
        if (content.duration) expect(task.duration).toBe(content.duration);
        if (content.assigneeId) expect(task.assigneeId).toBe(content.assigneeId);
        if (content.evening) expect(task.evening).toBe(true);
        for (const label of content.labels ?? []) expect(task.labels.map(foldCase)).toContain(foldCase(label));
        checked++;
      }
    }),
    { numRuns: 300 },
  );
  expect(checked).toBeGreaterThan(300);
});
