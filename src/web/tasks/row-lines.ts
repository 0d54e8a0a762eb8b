import type { Task } from '#core/tasks/task.ts';

/** What decides the height of rows besides their data. */
export interface ListMetrics {
  /** Finger-sized rows. */
  readonly coarse: boolean;
  /** Width of the list in px, in steps: heights follow it only when it changes by a step. */
  readonly width: number;
}

export const WIDTH_STEP = 80;
/** Below it all details go to a second line. */
const NARROW = 400;

export const HEADER_HEIGHT = 40;

/** What the surrounding view adds to or takes from a row. */
export interface RowContextMeta {
  readonly showProject: boolean;
  /** The day that the view names already. */
  readonly groupDate: string | null;
}

export function lineHeight({ coarse }: ListMetrics): number {
  return coarse ? 44 : 36;
}

export function taskRowHeight(task: Task, metrics: ListMetrics, context: RowContextMeta): number {
  if (!hasSecondLine(task, metrics, context)) return lineHeight(metrics);
  return metrics.coarse ? 60 : 52;
}

/** Average width of a character of the title, and of the details, in px. */
const TITLE_CHAR = 7.1;
const META_CHAR = 6.4;
/** Checkbox, disclosure, counts and the space for row actions. */
const CHROME = 150;
const LABEL_WIDTH_MAX = 128;

/**
 * Whether the details of a task stand below its title. Decided by the data and a step of the list's width alone, so
 * that heights are known before anything is drawn. An estimate is enough: what is too long ends in an ellipsis.
 */
export function hasSecondLine(task: Task, { width }: ListMetrics, context: RowContextMeta): boolean {
  const details = detailsWidth(task, context);
  if (details === 0) return false;
  if (width < NARROW) return true;
  return task.title.length * TITLE_CHAR + details > width - CHROME;
}

function detailsWidth(task: Task, { showProject, groupDate }: RowContextMeta): number {
  let details = showProject ? 120 : 0;
  for (const label of task.labels.slice(0, 3)) {
    details += Math.min(LABEL_WIDTH_MAX, label.length * META_CHAR + 16);
  }
  if (task.labels.length > 3) details += 28;
  if (task.date !== null && task.date !== groupDate) details += 96;
  if (task.time !== null) details += 40;
  if (task.deadline !== null) details += 96;
  if (task.assigneeId !== null) details += 28;
  if (task.recurrence !== null) details += 20;
  return details;
}
