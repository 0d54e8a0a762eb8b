import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { memberId } from '#core/projects/member.ts';
import type { Task } from '#core/tasks/task.ts';
import { CommentList } from '#web/comments/comment-list.tsx';
import { showComment } from '#web/comments/show-comment.ts';
import { momentWords } from '#web/dates/moment-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import type { KeyAction } from '#web/ui/keymap.ts';
import { useKeyActions } from '#web/ui/use-keymap.ts';
import { useNotices } from '#web/undo/notices.ts';
import { SubtaskList } from '#web/views/subtask-list.tsx';
import { completionWords } from './completion-words.ts';
import { DetailContext } from './detail-context.ts';
import { DetailDescription } from './detail-description.tsx';
import { takeDetailFocus, watchDetailFocus } from './detail-focus.ts';
import { DetailHeader } from './detail-header.tsx';
import { DetailProperties } from './detail-properties.tsx';
import { DetailTitle } from './detail-title.tsx';
import type { PickerKind } from './picker-kind.ts';
import { type PickerHandle, TaskPicker } from './task-picker.tsx';
import { type TaskCommand, taskShortcuts } from './task-shortcuts.ts';
import { useCan } from './use-task-facts.ts';
import { useTaskActions } from './use-task-actions.ts';
import { useTaskCommands } from './use-task-commands.ts';
import './tasks.css';
import './detail.css';

interface TaskDetailProps {
  task: Task;
  /** Goes to another task in the same place. */
  onOpen: (taskId: string) => void;
  /** Absent on a page of its own. */
  onClose?: () => void;
}

/** Everything about one task; the same in the panel, the sheet and on its own page. */
export function TaskDetail({ task, onOpen, onClose }: TaskDetailProps) {
  const boxRef = useRef<HTMLDivElement>(null);
  const pickerRef = useRef<PickerHandle>(null);
  const writable = useCan(task.projectId, 'task.write');
  const mayComment = useCan(task.projectId, 'comment.write');
  const [editing, setEditing] = useState(false);
  const { openPicker, runCommand } = useDetailCommands(task, writable, boxRef, pickerRef, onClose);
  const isPage = onClose === undefined;
  const detail = useMemo(
    () => ({ task, writable, mayComment, isPage, openPicker, runCommand }),
    [task, writable, mayComment, isPage, openPicker, runCommand],
  );
  useDetailKeys({ boxRef, runCommand, onEdit: () => setEditing(true), onClose });
  useRequestedFocus(task.id, boxRef);

  return (
    <DetailContext value={detail}>
      <div ref={boxRef} className="detail">
        <DetailHeader onOpen={onOpen} {...(onClose && { onClose })} />
        <div data-scroll-container="" className="detail-scroll">
          <DetailTitle onEditDescription={() => setEditing(true)} />
          <div className="detail-body">
            <DetailDescription editing={editing} onEditing={setEditing} />
            <DetailProperties />
            <SubtaskList task={task} writable={writable} />
            <CommentList taskId={task.id} writable={mayComment} />
            <Footer task={task} />
          </div>
        </div>
        <TaskPicker
          ref={pickerRef}
          inList={false}
          runCommand={(command) => runCommand(command)}
          onFocusLost={() => boxRef.current?.closest<HTMLElement>('[data-region]')?.focus({ preventScroll: true })}
        />
      </div>
    </DetailContext>
  );
}

function Footer({ task }: { task: Task }) {
  const calendar = useCalendar();
  const creator = useRow('member', memberId(task.projectId, task.createdBy));
  const tell = (instant: string) => momentWords(instant, Date.now(), calendar);
  return (
    <footer className="detail-footer">
      <span>{`Created ${tell(task.createdAt)}${creator ? ` by ${creator.displayName}` : ''}`}</span>
      <span>{`Updated ${tell(task.updatedAt)}`}</span>
      {task.completedAt === null ? null : <span>{`Completed ${tell(task.completedAt)}`}</span>}
    </footer>
  );
}

function useDetailCommands(
  task: Task,
  writable: boolean,
  boxRef: RefObject<HTMLElement | null>,
  pickerRef: RefObject<PickerHandle | null>,
  onClose: (() => void) | undefined,
) {
  const replica = useReplica();
  const actions = useTaskActions();
  const { announcer } = useNotices();
  const openPicker = useCallback(
    (kind: PickerKind, taskId: string, anchor?: Element | null) => {
      const box = boxRef.current;
      const own = box?.querySelector(`[data-picker="${kind}"]`) ?? box?.querySelector('[data-add-property] button');
      const element = anchor ?? own ?? box;
      if (element && (writable || kind === 'menu')) pickerRef.current?.open(kind, taskId, element);
    },
    [boxRef, pickerRef, writable],
  );
  const run = useTaskCommands(openPicker);
  const { id } = task;
  const runCommand = useCallback(
    (command: TaskCommand) => {
      if (!writable && command !== 'copy-link' && command !== 'comment') return;
      if (command === 'complete') {
        const done = actions.toggleComplete(id);
        announcer.announce(completionWords(replica, id, done));
        return;
      }
      run(command, id);
      if (command === 'delete') onClose?.();
    },
    [id, writable, actions, announcer, replica, run, onClose],
  );
  return { openPicker, runCommand };
}

interface DetailKeysOptions {
  boxRef: RefObject<HTMLElement | null>;
  runCommand: (command: TaskCommand) => void;
  onEdit: () => void;
  onClose: (() => void) | undefined;
}

/** The keys of a task, while focus is in its detail and not in a list inside it. */
function useDetailKeys(options: DetailKeysOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const actions = useMemo<readonly KeyAction[]>(() => {
    const isHere = () => {
      const region = latest.current.boxRef.current?.closest('[data-region]');
      const focused = document.activeElement;
      return region?.contains(focused) === true && focused?.closest('[data-row-key]') === null;
    };
    const here = (
      id: string,
      keys: readonly string[],
      label: string,
      run: () => void,
      inFields = false,
    ): KeyAction => ({
      id,
      keys,
      context: 'Task',
      label,
      inFields,
      run: () => (isHere() ? run() : false),
    });
    return [
      ...taskShortcuts.map(({ command, keys, label }) =>
        here(`task-${command}`, keys, label, () => latest.current.runCommand(command)),
      ),
      here('detail-menu', ['.'], 'Actions', () =>
        latest.current.boxRef.current?.querySelector<HTMLElement>('[data-detail-menu] button')?.click(),
      ),
      here('detail-edit', ['Mod+e'], 'Edit the description', () => latest.current.onEdit()),
      here('detail-close', ['Escape'], 'Back to the list', () => latest.current.onClose?.()),
    ];
  }, []);
  useKeyActions(actions);
}

/** Gives focus to what the opener of the task asked for. */
function useRequestedFocus(taskId: string, boxRef: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const take = () => {
      const box = boxRef.current;
      const target = box && takeDetailFocus(taskId);
      if (!target) return;
      const isShown = typeof target === 'object' && showComment(box, target.commentId);
      const wantsPanel = target === 'panel' && !box.contains(document.activeElement);
      if (wantsPanel || (typeof target === 'object' && !isShown))
        box.closest<HTMLElement>('[data-region]')?.focus({ preventScroll: true });
      if (target === 'comment') box.querySelector<HTMLElement>('[data-new-comment]')?.focus();
      if (target === 'subtask') box.querySelector<HTMLElement>('[data-subtasks] .add-row')?.click();
    };
    take();
    return watchDetailFocus(take);
  }, [taskId, boxRef]);
}
