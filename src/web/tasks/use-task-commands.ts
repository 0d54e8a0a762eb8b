import { useCallback } from 'react';
import type { Priority } from '#core/tasks/task.ts';
import { longDate } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { openTask } from '#web/navigation.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { type Notices, useNotices } from '#web/undo/notices.ts';
import { copyText } from './copy-text.ts';
import { type DetailTarget, requestDetailFocus } from './detail-focus.ts';
import type { TaskActions } from './task-actions.ts';
import type { PickerKind } from './picker-kind.ts';
import type { TaskCommand } from './task-shortcuts.ts';
import { useTaskActions } from './use-task-actions.ts';

const PICKERS: Readonly<Partial<Record<TaskCommand, PickerKind>>> = {
  date: 'date',
  deadline: 'deadline',
  repeat: 'repeat',
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

interface CommandContext {
  readonly replica: Replica;
  readonly actions: TaskActions;
  readonly notices: Notices;
  readonly today: string;
  readonly locale: string;
}

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
      const picker = PICKERS[command];
      if (picker) openPicker(picker, taskId);
      const context = { replica, actions, notices, today, locale };
      return picker !== undefined || runPlain(command, taskId, context) || clear(command, taskId, context);
    },
    [replica, actions, notices, openPicker, today, locale],
  );
}

function runPlain(command: TaskCommand, taskId: string, context: CommandContext): boolean {
  const { replica, actions, notices, today, locale } = context;
  const { announce } = notices.announcer;
  const priority = PRIORITIES[command];
  const target = DETAIL_TARGETS[command];
  if (priority) {
    actions.update(taskId, { priority });
    announce(priority === 4 ? 'No priority.' : `Priority ${priority}.`);
  } else if (target) {
    openTask(taskId);
    requestDetailFocus(taskId, target);
  } else if (command === 'later' || command === 'earlier') {
    actions.shiftDate(taskId, command === 'later' ? 1 : -1, today);
    announce(`${longDate(replica.get('task', taskId)?.date ?? today, locale)}.`);
  } else if (command === 'assign-me') {
    actions.update(taskId, { assigneeId: replica.account.userId });
    announce('Assigned to you.');
  } else if (command === 'complete') actions.toggleComplete(taskId);
  else if (command === 'complete-end') actions.completeForGood(taskId);
  else if (command === 'skip') actions.skip(taskId);
  else if (command === 'pause') actions.togglePause(taskId);
  else if (command === 'duplicate') actions.duplicate(taskId);
  else if (command === 'delete') actions.remove(taskId);
  else if (command === 'copy-link') void copyLink(taskId, notices);
  else return false;
  return true;
}

/** Nothing to clear is nothing to do, and nothing to undo. */
function clear(command: TaskCommand, taskId: string, { replica, actions }: CommandContext): boolean {
  const task = replica.get('task', taskId);
  if (command === 'clear-date') {
    if (task?.date) actions.setWhen(taskId, { date: null, time: null, evening: false });
    return true;
  }
  if (command !== 'clear-deadline') return false;
  if (task?.deadline) actions.update(taskId, { deadline: null });
  return true;
}

async function copyLink(taskId: string, { toasts }: Notices): Promise<void> {
  const link = new URL(routes.task.href({ id: taskId }), location.href).href;
  const copied = await copyText(link);
  toasts.show({ message: copied ? 'Link copied' : link, ...(!copied && { tone: 'danger' }) });
}
