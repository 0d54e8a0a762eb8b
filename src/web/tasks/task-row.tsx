import { clsx } from 'clsx';
import { memo, useDeferredValue } from 'react';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { RowGlyph } from '#web/ui/row-glyph.tsx';
import { TaskCheckbox } from '#web/ui/task-checkbox.tsx';
import { UnconfirmedMark } from '#web/sync-status/unconfirmed-mark.tsx';
import { useList, useListState, useViewState } from '#web/views/list-context.ts';
import { RowActions } from './row-actions.tsx';
import { hasSecondLine } from './row-lines.ts';
import { TaskMeta } from './task-meta.tsx';
import { TitleInput } from './title-input.tsx';

/** One task in a list. Renders again only for its own data and its own place. */
export const TaskRow = memo(function TaskRow({ id }: { id: string }) {
  const current = useRow('task', id);
  const list = useList();
  const leaving = useViewState((view) => view.asLeft(id) !== undefined);
  const task = leaving ? (list.view.asLeft(id) ?? current) : current;
  const renaming = useListState((state) => state.renaming === id);
  const depth = useViewState((view) => view.model.depthOf(id));
  // Scrolling fast shows titles; what else is to be told of a task waits for a moment without a new frame to draw. A list
  // that replaces another is drawn once, not twice.
  const detailed = useDeferredValue(true, list.isTakingOver());
  if (!task) return null;
  const context = list.rowMeta(task);
  const done = leaving || task.completedAt !== null;
  return (
    <div
      className={clsx(
        'task-row',
        hasSecondLine(task, list.metrics, context) && 'task-row-two',
        done && 'task-row-done',
      )}
      style={depth > 0 ? { paddingInlineStart: `calc(var(--task-indent) * ${depth})` } : undefined}
    >
      <Disclosure id={id} title={task.title} />
      <TaskCheckbox
        label={`Complete ${task.title}`}
        checked={done}
        priority={task.priority}
        repeating={task.recurrence !== null && !task.recurrence.paused}
        disabled={!list.writable}
        onChange={() => list.toggleComplete(id)}
      />
      <div className="task-main">
        {renaming ? <Rename task={task} /> : <span className="task-title-text">{task.title}</span>}
        {detailed && list.writable && !renaming ? <RowActions taskId={id} title={task.title} /> : null}
      </div>
      {detailed ? (
        <>
          <TaskMeta task={task} context={context} />
          <UnconfirmedMark kind="task" id={id} />
        </>
      ) : null}
    </div>
  );
});

function Disclosure({ id, title }: { id: string; title: string }) {
  const { view } = useList();
  const open = useViewState((each) => (each.model.hasChildren(id) ? !each.isClosed(id) : undefined));
  if (open === undefined) return <span className="task-disclosure" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Subtasks of ${title}`}
      aria-expanded={open}
      className="task-disclosure"
      onClick={() => view.setClosed(id, open)}
    >
      <RowGlyph shape="disclosure" className={clsx('size-4 transition-transform', open && 'rotate-90')} />
    </button>
  );
}

function Rename({ task }: { task: Task }) {
  const replica = useReplica();
  const { store, focusRow } = useList();
  return (
    <TitleInput
      label="Title"
      value={task.title}
      onSave={(title) => replica.mutate(updateTask, { id: task.id, title })}
      onClose={(byKey) => {
        store.set({ renaming: null });
        if (byKey) focusRow(task.id);
      }}
    />
  );
}
