import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import { HEADER_HEIGHT, lineHeight, type ListMetrics } from '#web/tasks/row-lines.ts';

/** What the key of a row that is not a task stands for. */
export type RowKey =
  | { readonly type: 'header'; readonly group: string }
  | { readonly type: 'add'; readonly group: string }
  | { readonly type: 'empty'; readonly group: string }
  | { readonly type: 'month'; readonly month: string }
  | { readonly type: 'editor' }
  | { readonly type: 'task'; readonly id: string };

/** The editor of a new task between other tasks. */
export const EDITOR_KEY = 'editor';

export function headerKey(group: string): string {
  return `header:${group}`;
}

export function addKey(group: string): string {
  return `add:${group}`;
}

export function emptyKey(date: string): string {
  return `empty:${date}`;
}

export function monthKey(month: string): string {
  return `month:${month}`;
}

export function parseRowKey(key: string): RowKey {
  if (key === EDITOR_KEY) return { type: 'editor' };
  const colon = key.indexOf(':');
  const group = key.slice(colon + 1);
  switch (key.slice(0, Math.max(0, colon))) {
    case 'header':
      return { type: 'header', group };
    case 'add':
      return { type: 'add', group };
    case 'empty':
      return { type: 'empty', group };
    case 'month':
      return { type: 'month', month: group };
    default:
      return { type: 'task', id: key };
  }
}

export function headerRow(group: string, expanded?: boolean): RowSpec {
  return { key: headerKey(group), kind: 'header', level: 1, height: HEADER_HEIGHT, expanded };
}

export function addRow(group: string, metrics: ListMetrics, level: number): RowSpec {
  return { key: addKey(group), kind: 'footer', level, height: lineHeight(metrics) };
}
