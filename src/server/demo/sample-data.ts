import type { Color } from '#core/schema.ts';
import { FAMILY, GARDEN, HEALTH, HOME, SAMPLE_INBOX } from './sample-home.ts';
import type { SampleProject } from './sample-task.ts';
import { HIRING, READING, TRAVEL, WEBSITE, WORK } from './sample-work.ts';

export { SAMPLE_INBOX };

/** Parents stand before their children. */
export const SAMPLE_PROJECTS: readonly SampleProject[] = [
  HOME,
  GARDEN,
  WORK,
  WEBSITE,
  HIRING,
  HEALTH,
  FAMILY,
  READING,
  TRAVEL,
];

export const SAMPLE_FILTERS: readonly { readonly name: string; readonly color: Color; readonly query: string }[] = [
  { name: 'Urgent', color: 'ruby', query: '"Now" = (overdue | today) & (p1 | p2), "This week" = 7 days & p1' },
  { name: 'On the phone', color: 'sky', query: '@calls & !@waiting' },
  { name: 'Without a date', color: 'stone', query: 'no date & !@someday group:project' },
];

export const SAMPLE_LABELS: readonly { readonly name: string; readonly color: Color; readonly favourite?: boolean }[] =
  [
    { name: 'errand', color: 'amber', favourite: true },
    { name: 'calls', color: 'sky' },
    { name: 'computer', color: 'slate' },
    { name: 'waiting', color: 'violet' },
    { name: 'someday', color: 'stone' },
  ];
