import type { Fault } from '#core/filters/fault.ts';
import type { ResolvedPane } from '#core/filters/conditions.ts';
import type { Filter } from '#core/filters/filter.ts';
import { DomainError } from '#core/errors.ts';
import type { ServerContext } from '#server/context.ts';
import { readFilterContext, type UserFilterContext } from './filter-context.ts';

export interface ReadFilter {
  readonly filter: Filter;
  /** What it asks of the tasks of this user now. */
  readonly panes: readonly ResolvedPane[];
  readonly context: UserFilterContext;
  /** Names that nothing has. */
  readonly warnings: readonly Fault[];
}

/**
 * Reads a query for a user, to whom only names exist of what they can see. Throws `validation_failed` about `path`,
 * with the place of the first fault and the query as it may have been meant.
 */
export async function readFilter(ctx: ServerContext, userId: string, query: string, path: string): Promise<ReadFilter> {
  // A server that nobody asks for filters need not hold the language in memory.
  const [{ parseFilter }, { resolveFilter }] = await Promise.all([
    import('#core/filters/parse-filter.ts'),
    import('#core/filters/resolve-filter.ts'),
  ]);
  const context = await readFilterContext(ctx, userId);
  const parsed = parseFilter(query, context);
  if (!parsed.ok) throw faultyFilter(query, path, parsed.errors);
  const { filter, warnings } = parsed;
  return { filter, context, warnings, panes: resolveFilter(filter, context) };
}

function faultyFilter(query: string, path: string, faults: readonly Fault[]): DomainError {
  const [first] = faults;
  const fix = first?.fixes[0];
  return new DomainError('validation_failed', first?.message ?? 'This is not a filter.', {
    errors: faults.map(({ message }) => ({ path, message })),
    position: first?.start ?? 0,
    suggestion: fix ? query.slice(0, fix.start) + fix.text + query.slice(fix.end) : null,
    faults,
  });
}
