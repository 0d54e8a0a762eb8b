import { CalendarX } from 'lucide-react';
import { addDays, nextWeekStart } from '#web/dates/calendar-date.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useTaskActions } from '#web/tasks/use-task-actions.ts';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { MenuOverlay } from '#web/ui/menu-overlay.tsx';
import type { LayerProps } from '#web/ui/menu.tsx';
import { useNotices } from '#web/undo/notices.ts';
import type { TaskView } from './task-view.ts';

const SPREAD_DAYS = 5;

export interface OverdueMenuOverlayProps extends LayerProps {
  view: TaskView;
  group: string;
}

/** Gives all overdue tasks another day, as one step of undo. */
export function OverdueMenuOverlay({ view, group, ...layer }: OverdueMenuOverlayProps) {
  const replica = useReplica();
  const actions = useTaskActions();
  const { toasts } = useNotices();
  const { today, weekStart } = useCalendar();

  const reschedule = (dateOf: (index: number) => string | null) => {
    const tasks = view.model.tasksIn(group).filter((task) => task.completedAt === null);
    replica.batch(() => tasks.forEach((task, index) => actions.update(task.id, { date: dateOf(index) })));
    const message = tasks.length === 1 ? 'Task rescheduled' : `${tasks.length} tasks rescheduled`;
    toasts.show({ message, action: { label: 'Undo', run: () => replica.undo() } });
  };
  const sections = (): MenuSectionSpec[] => {
    const item = (id: string, label: string, dateOf: (index: number) => string | null) => ({
      id,
      label,
      onSelect: () => reschedule(dateOf),
    });
    return [
      {
        id: 'reschedule',
        title: 'Reschedule all',
        items: [
          item('today', 'Today', () => today),
          item('tomorrow', 'Tomorrow', () => addDays(today, 1)),
          item('week', 'Next week', () => nextWeekStart(today, weekStart)),
          item('spread', `Spread over ${SPREAD_DAYS} days`, (index) => addDays(today, index % SPREAD_DAYS)),
        ],
      },
      {
        id: 'clear',
        items: [{ ...item('none', 'Remove dates', () => null), icon: <CalendarX className="size-4" /> }],
      },
    ];
  };
  return <MenuOverlay {...layer} sections={sections()} />;
}
