import { useEffect, useMemo, useState } from 'react';
import type { FilterContext } from '#core/filters/filter-context.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useLiveQuery, useReplica } from '#web/replica/use-query.ts';

export interface UserFilterContext extends FilterContext {
  readonly locale: string;
}

const PROJECTS: Query<'project'> = {
  kind: 'project',
  filter: ({ archivedAt, deletedAt }) => archivedAt === null && deletedAt === null,
};
const SECTIONS: Query<'section'> = { kind: 'section', filter: ({ deletedAt }) => deletedAt === null };
const LABELS: Query<'label'> = { kind: 'label' };
const MEMBERS: Query<'member'> = { kind: 'member' };

/** Queries about hours are asked again this often. */
const LOOK_AGAIN_MS = 60_000;

/** Everything that a filter can mean to the person who is signed in; a new one when a name, the day or `isTimed`'s minute changes. */
export function useFilterContext(isTimed = false): UserFilterContext {
  const { userId } = useReplica().account;
  const { today, timeZone, weekStart, dayStart, locale } = useCalendar();
  const projects = useLiveQuery(PROJECTS);
  const sections = useLiveQuery(SECTIONS);
  const labels = useLiveQuery(LABELS);
  const members = useLiveQuery(MEMBERS);
  const minute = useMinute(isTimed);
  return useMemo(() => {
    const now = nowOn(today, minute);
    return { now, timeZone, weekStart, dayStart, locale, userId, projects, sections, labels, members };
  }, [today, minute, timeZone, weekStart, dayStart, locale, userId, projects, sections, labels, members]);
}

/** `today` and `minute` only say that time has passed. */
function nowOn(_today: string, _minute: number): number {
  return Date.now();
}

function useMinute(isTimed: boolean): number {
  const [minute, setMinute] = useState(0);
  useEffect(() => {
    if (!isTimed) return undefined;
    const timer = setInterval(() => setMinute((count) => count + 1), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isTimed]);
  return minute;
}
