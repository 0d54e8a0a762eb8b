import { EMPTY_CONTENT } from '#core/tasks/task-content.ts';
import type { Task } from '#core/tasks/task.ts';
import type { FilterLookups } from '#core/filters/match-filter.ts';
import { testId } from '#core/testing/memory-store.ts';
import type { FilterContext } from '#core/filters/filter-context.ts';

export const ME = testId(1);
export const ANNA = testId(2);
export const BEN = testId(3);
export const INBOX = testId(11);
export const HOME = testId(12);
export const HOME_IMPROVEMENTS = testId(13);
export const WORK = testId(15);
export const ONE_AND_TWO = testId(16);
export const MEETINGS = testId(31);
export const OTHER_MEETINGS = testId(33);
export const WAITING = testId(41);

/** Wednesday, 18 November 2026, 10:00 in Berlin; weeks begin on Monday, days stand before months. */
export const berlin: FilterContext & { readonly locale: string } = {
  now: Date.UTC(2026, 10, 18, 9),
  timeZone: 'Europe/Berlin',
  dayStart: 0,
  weekStart: 1,
  locale: 'en-GB',
  userId: ME,
  projects: [
    { id: INBOX, name: 'Inbox', parentId: null },
    { id: HOME, name: 'Home', parentId: null },
    { id: HOME_IMPROVEMENTS, name: 'Home Improvements', parentId: HOME },
    { id: WORK, name: 'Work', parentId: null },
    { id: ONE_AND_TWO, name: 'One & Two', parentId: WORK },
  ],
  sections: [
    { id: MEETINGS, projectId: WORK, name: 'Meetings' },
    { id: testId(32), projectId: WORK, name: 'Backlog' },
    { id: OTHER_MEETINGS, projectId: HOME, name: 'meetings' },
  ],
  labels: [
    { id: WAITING, name: 'waiting' },
    { id: testId(42), name: 'errand' },
    { id: testId(43), name: 'two words' },
  ],
  members: [
    { projectId: WORK, userId: ME, displayName: 'Mia', username: 'mia' },
    { projectId: WORK, userId: ANNA, displayName: 'Anna Lang', username: 'anna' },
    { projectId: WORK, userId: BEN, displayName: 'Ben', username: 'ben' },
    { projectId: HOME, userId: ME, displayName: 'Mia', username: 'mia' },
  ],
};

export function aTask(title: string, given: Partial<Task> = {}): Task {
  return {
    ...EMPTY_CONTENT,
    id: title,
    rev: 1,
    title,
    projectId: INBOX,
    sectionId: null,
    parentId: null,
    descriptionConflict: null,
    rank: 'a0',
    completedAt: null,
    completedBy: null,
    createdBy: ME,
    createdAt: '2026-11-10T12:00:00.000Z',
    updatedAt: '2026-11-10T12:00:00.000Z',
    deletedAt: null,
    ...given,
  };
}

/** One or more for everything that a filter can ask. */
export const TASKS: readonly Task[] = [
  aTask('milk', { date: '2026-11-18' }),
  aTask('report', {
    date: '2026-11-18',
    time: '15:00',
    priority: 1,
    projectId: WORK,
    sectionId: MEETINGS,
    assigneeId: ME,
    createdBy: BEN,
    createdAt: '2026-11-17T23:00:00.000Z',
    labels: ['Waiting'],
  }),
  aTask('late', { date: '2026-11-16', priority: 2, projectId: HOME, labels: ['Errand'] }),
  aTask('vat', { deadline: '2026-11-18', priority: 1, projectId: WORK }),
  aTask('missed', { deadline: '2026-11-10', priority: 3 }),
  aTask('trip', { date: '2026-11-19', projectId: HOME_IMPROVEMENTS, deadline: '2026-11-30' }),
  aTask('paint', { date: '2026-11-24', evening: true, projectId: HOME, labels: ['waiting'] }),
  aTask('far', { date: '2026-12-24', projectId: WORK, assigneeId: ANNA, labels: ['stranger'] }),
  aTask('someday', {
    projectId: ONE_AND_TWO,
    createdAt: '2025-09-01T12:00:00.000Z',
    updatedAt: '2025-10-01T12:00:00.000Z',
    description: 'Look at HTTPS://x.example',
    labels: ['two words'],
  }),
  aTask('routine', {
    date: '2026-11-18',
    evening: true,
    recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null },
  }),
  aTask('parent', { date: '2026-11-18', projectId: WORK, rank: 'a5' }),
  aTask('sub', { parentId: 'parent', projectId: WORK }),
  aTask('quick', { date: '2026-11-20', duration: 15, projectId: HOME, sectionId: OTHER_MEETINGS }),
  aTask('talk', { title: 'talk about STRASSE' }),
  aTask('done', { date: '2026-11-17', projectId: HOME, completedAt: '2026-11-18T08:00:00.000Z' }),
  aTask('old', { projectId: HOME, completedAt: '2026-11-01T08:00:00.000Z' }),
  aTask('trashed', { date: '2026-11-18', deletedAt: '2026-11-18T08:00:00.000Z' }),
];

export const LOOKUPS: FilterLookups = {
  subtaskCount: (id) => (id === 'parent' ? 1 : 0),
  commentCount: (id) => (id === 'talk' ? 2 : 0),
};
