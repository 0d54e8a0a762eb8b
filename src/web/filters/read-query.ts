import { useDeferredValue, useMemo } from 'react';
import { describeFilter } from '#core/filters/describe-filter.ts';
import type { Fault } from '#core/filters/fault.ts';
import type { Filter } from '#core/filters/filter.ts';
import type { FilterToken } from '#core/filters/filter-reader.ts';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { resolveFilter, termsOf } from '#core/filters/resolve-filter.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { createPaneMatcher } from './filter-definition.ts';
import { lookupsOf } from './replica-lookups.ts';
import type { UserFilterContext } from './use-filter-context.ts';

/** A query as an editor shows it. */
export interface ReadQuery {
  /** Null when it is wrong. */
  readonly filter: Filter | null;
  readonly errors: readonly Fault[];
  readonly warnings: readonly Fault[];
  readonly tokens: readonly FilterToken[];
  /** The filter as a sentence. */
  readonly words: string;
  /** How many tasks it shows now; 0 where nobody asked. */
  readonly count: number;
}

/** Counting asks every task: only where the number is shown. */
interface ReadOptions {
  readonly counts?: boolean;
}

function readText(text: string, context: UserFilterContext): Omit<ReadQuery, 'count'> {
  const parsed = parseFilter(text, context);
  const { warnings, tokens } = parsed;
  if (!parsed.ok) return { filter: null, errors: parsed.errors, warnings, tokens, words: '' };
  const { filter } = parsed;
  return { filter, errors: [], warnings, tokens, words: describeFilter(filter, context, context.locale) };
}

/** Tasks that several panes show count once. */
function countOf(filter: Filter, context: UserFilterContext, replica: Replica): number {
  const projects = new Set(context.projects.map(({ id }) => id));
  const lookups = lookupsOf(replica);
  const tasks = [...replica.all('task').values()];
  const shown = new Set<string>();
  for (const pane of resolveFilter(filter, context)) {
    const matches = createPaneMatcher(pane, projects, lookups);
    let left = pane.limit ?? Number.POSITIVE_INFINITY;
    for (const task of tasks) {
      if (left === 0) break;
      if (!matches(task)) continue;
      shown.add(task.id);
      left--;
    }
  }
  return shown.size;
}

/**
 * Read at once, so that a letter and what is said of it are one frame; only the tasks are asked behind the letters that
 * are typed.
 */
export function useReadQuery(text: string, context: UserFilterContext, { counts = true }: ReadOptions = {}): ReadQuery {
  const replica = useReplica();
  const read = useMemo(() => readText(text, context), [text, context]);
  const counted = useDeferredValue(counts ? read.filter : null);
  const count = useMemo(() => (counted ? countOf(counted, context, replica) : 0), [counted, context, replica]);
  return useMemo(() => ({ ...read, count }), [read, count]);
}

/** Whether a filter asks about hours, so that its answer changes with the clock. */
export function asksForHours({ panes }: Filter): boolean {
  return panes.some(({ where }) =>
    [...termsOf(where)].some((term) => term.kind === 'date' && term.value.type === 'minutes'),
  );
}
