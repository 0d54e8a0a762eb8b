import { useCallback } from 'react';
import type { Priority } from '#core/tasks/task.ts';
import { longDate } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { openTask } from '#web/navigation.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { useNotices } from '#web/undo/notices.ts';
import { copyText } from './copy-text.ts';
import { type DetailTarget, requestDetailFocus } from './detail-focus.ts';
import type { PickerKind } from './picker-kind.ts';
import type { TaskCommand } from './task-shortcuts.ts';
import { useTaskActions } from './use-task-actions.ts';

const PICKERS: Readonly<Partial<Record<TaskCommand, PickerKind>>> = {
  date: 'date',
  deadline: 'deadline',
  priority: 'priority',
  labels: 'labels',
  move: 'move',
  assign: 'assign',
  duration: 'duration',
};

const PRIORITIES: Readonly<Partial<Record<TaskCommand, Priority>>> = {
  'priority-1': 1,
  'priority-2': 2,
  'priority-3': 3,
  'priority-4': 4,
};

const DETAIL_TARGETS: Readonly<Partial<Record<TaskCommand, DetailTarget>>> = {
  comment: 'comment',
  'add-subtask': 'subtask',
};

/**
 * Runs commands on one task, for keys and menus alike. False where a command means nothing here, which is for those
 * that need a list around the task.
 */
export function useTaskCommands(
  openPicker: (kind: PickerKind, taskId: string, anchor?: Element | null) => void,
): (command: TaskCommand, taskId: string) => boolean {
  const replica = useReplica();
  const actions = useTaskActions();
  const notices = useNotices();
  const { today, locale } = useCalendar();

  return useCallback(
    (command, taskId) => {
      const { announce } = notices.announcer;
      const picker = PICKERS[command];
      const priority = PRIORITIES[command];
      const target = DETAIL_TARGETS[command];
      if (picker) openPicker(picker, taskId);
      else if (priority) {
        actions.update(taskId, { priority });
        announce(priority === 4 ? 'No priority.' : `Priority ${priority}.`);
      } else if (target) {
        openTask(taskId);
        requestDetailFocus(taskId, target);
      } else if (command === 'later' || command === 'earlier') {
        actions.shiftDate(taskId, command === 'later' ? 1 : -1, today);
        announce(`${longDate(replica.get('task', taskId)?.date ?? today, locale)}.`);
      } else return runPlain(command, taskId);
      return true;
    },
    // oxlint-disable-next-line react/exhaustive-deps -- runPlain reads only what is listed
    [replica, actions, notices, openPicker, today, locale],
  );

  function runPlain(command: TaskCommand, taskId: string): boolean {
    switch (command) {
      case 'complete':
        actions.toggleComplete(taskId);
        return true;
      case 'clear-date':
        actions.setWhen(taskId, { date: null, time: null, evening: false });
        return true;
      case 'clear-deadline':
        actions.update(taskId, { deadline: null });
        return true;
      case 'assign-me':
        actions.update(taskId, { assigneeId: replica.account.userId });
        notices.announcer.announce('Assigned to you.');
        return true;
      case 'duplicate':
        actions.duplicate(taskId);
        return true;
      case 'delete':
        actions.remove(taskId);
        return true;
      case 'copy-link':
        void copyLink(taskId);
        return true;
      default:
        return false;
    }
  }

  async function copyLink(taskId: string): Promise<void> {
    const link = new URL(routes.task.href({ id: taskId }), location.href).href;
    const copied = await copyText(link);
    notices.toasts.show({ message: copied ? 'Link copied' : link, ...(!copied && { tone: 'danger' }) });
  }
}
