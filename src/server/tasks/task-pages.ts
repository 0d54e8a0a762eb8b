import { Type } from 'typebox';
import { validationFailed } from '#core/errors.ts';
import type { Task } from '#core/tasks/task.ts';
import type { ServerContext } from '#server/context.ts';
import { isPlace, type Place } from '#server/filters/filter-order.ts';
import { readFilter } from '#server/filters/read-filter.ts';
import { createCursorCodec } from '#server/rest/cursor.ts';
import { filterKeys, type ListFilter } from './task-list-query.ts';
import { placeInFilter, type TaskListQuery } from './task-list-repository.ts';
import { SORT_ORDERS, type SortKey, type TaskSort } from './task-sort.ts';

/** How the pages of a list follow one another. */
export interface Pages {
  behind(cursor: string): Pick<TaskListQuery, 'after' | 'filter'>;
  cursorOf(last: Task): Promise<string> | string;
}

export function sortedPages(sort: TaskSort): Pages {
  const order = SORT_ORDERS[sort];
  const codec = createCursorCodec<readonly SortKey[]>(`tasks:${sort}`, order.cursor);
  return {
    behind: (cursor) => ({ after: codec.decode(cursor) }),
    cursorOf: (last) => codec.encode(order.placeOf(last)),
  };
}

const filterCursors = createCursorCodec<Place>('tasks:filter', Type.Array(Type.Union([Type.String(), Type.Integer()])));

/** In the order of a filter. */
export function filterPages({ database }: ServerContext, filter: ListFilter): Pages {
  return {
    behind(cursor) {
      const place = filterCursors.decode(cursor);
      if (!isPlace(filterKeys(filter, database.engine), place)) {
        throw validationFailed('/cursor', 'This is not a cursor of this filter.');
      }
      return { filter: { ...filter, place } };
    },
    cursorOf: async (last) => filterCursors.encode(await placeInFilter(database, filter, last)),
  };
}

/** A query of the filter language as a list takes it. Throws `validation_failed`. */
export async function listFilter(
  ctx: ServerContext,
  userId: string,
  text: string,
  isOrdered: boolean,
): Promise<ListFilter> {
  const { panes } = await readFilter(ctx, userId, text, '/filter');
  return { panes, isOrdered };
}
