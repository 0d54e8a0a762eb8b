import { lazy, Suspense, useId, useMemo, useState } from 'react';
import { memberId } from '#core/projects/member.ts';
import { can } from '#core/projects/role.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { DESCRIPTION_MAX, TITLE_MAX } from '#core/tasks/task.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { openTask } from '#web/navigation.ts';
import { allNodes } from '#web/projects/project-tree.ts';
import { useInbox, useProjectForest } from '#web/projects/use-projects.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { rankAt } from '#web/tasks/task-place.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { Select, type SelectOption } from '#web/ui/select.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { useNotices } from '#web/undo/notices.ts';

/** Not on the first screen: few tasks come with a description. */
const TextArea = lazy(() => import('#web/ui/text-area.tsx').then((module) => ({ default: module.TextArea })));

export interface AddTaskDialogProps {
  projectId?: string | undefined;
  /** Begins with today as its date. */
  today?: boolean | undefined;
  /** Filled in from elsewhere. */
  title?: string;
  /** Has a field of its own only when there is one. */
  description?: string;
  onClose: () => void;
}

/** A task from anywhere: title, project and date. */
export function AddTaskDialog(props: AddTaskDialogProps) {
  const { projectId, today = false, onClose } = props;
  const replica = useReplica();
  const calendar = useCalendar();
  const { toasts } = useNotices();
  const titleId = useId();
  const inbox = useInbox();
  const projects = useTargetOptions();
  const [title, setTitle] = useState(props.title ?? '');
  const [description, setDescription] = useState(props.description ?? '');
  const [date, setDate] = useState(today ? calendar.today : '');
  const [chosen, setChosen] = useState(projectId);
  // The inbox may arrive while the dialog is open.
  const target = chosen ?? inbox?.id ?? '';
  const [another, setAnother] = useState(false);
  const [error, setError] = useState<string>();

  const handleSubmit = (): void => {
    if (title.trim() === '') return setError('What is to be done?');
    if (target === '') return setError('Your projects are still on their way. Try again in a moment.');
    const id = addTask(replica, {
      title: title.trim(),
      description,
      projectId: target,
      date: date === '' ? null : date,
    });
    const name = projects.find((option) => option.value === target)?.label.trim() ?? 'Inbox';
    toasts.show({ message: `Added to ${name}`, action: { label: 'Open', run: () => openTask(id) } });
    if (!another) return onClose();
    setTitle('');
    setDescription('');
    setError(undefined);
    document.getElementById(titleId)?.focus();
  };

  return (
    <FormDialog
      title="Add task"
      submitLabel="Add task"
      onSubmit={handleSubmit}
      onClose={onClose}
      dense
      aside={
        <div className="mr-auto self-center">
          <Checkbox label="Add another" checked={another} onChange={setAnother} />
        </div>
      }
    >
      <TextField
        id={titleId}
        label="Title"
        labelHidden
        placeholder="What is to be done?"
        value={title}
        onChange={setTitle}
        maxLength={TITLE_MAX}
        autoFocus
        autoComplete="off"
        error={error}
      />
      {props.description ? (
        <Suspense fallback={null}>
          <TextArea
            label="Description"
            value={description}
            onChange={setDescription}
            maxLength={DESCRIPTION_MAX}
            rows={3}
          />
        </Suspense>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Select label="Project" value={target} options={projects} onChange={setChosen} />
        <TextField label="Date" type="date" value={date} onChange={setDate} />
      </div>
    </FormDialog>
  );
}

interface Draft {
  title: string;
  description: string;
  projectId: string;
  date: string | null;
}

function addTask(replica: Replica, draft: Draft): string {
  const id = replica.newId();
  const place = { projectId: draft.projectId, sectionId: null, parentId: null };
  replica.mutate(createTask, { id, ...draft, rank: rankAt(replica, place, 'end') });
  return id;
}

/** Every project that I may write to, the inbox first. */
function useTargetOptions(): readonly SelectOption<string>[] {
  const replica = useReplica();
  const inbox = useInbox();
  const { tree } = useProjectForest();
  return useMemo(() => {
    const writable = (id: string): boolean => {
      const role = replica.get('member', memberId(id, replica.account.userId))?.role;
      return role !== undefined && can(role, 'task.write');
    };
    return [
      ...(inbox ? [{ value: inbox.id, label: 'Inbox' }] : []),
      ...allNodes(tree).map(({ project, depth }) => ({
        value: project.id,
        label: `${'\u2003'.repeat(depth - 1)}${project.name}`,
        disabled: !writable(project.id),
      })),
    ];
  }, [replica, inbox, tree]);
}
