import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { NewTaskRow } from '#web/tasks/new-task-row.tsx';
import { TaskRow } from '#web/tasks/task-row.tsx';
import { baseOf } from './list-adding.ts';
import { useList, useListState } from './list-context.ts';
import { parseRowKey } from './view-rows.ts';

interface ListRowProps {
  rowKey: string;
  /** Content of rows that are neither tasks nor editors. */
  renderOther: (key: string) => ReactNode;
}

export function ListRow({ rowKey, renderOther }: ListRowProps) {
  const adding = useListState((state) => (state.adding?.key === rowKey ? state.adding : null));
  if (adding) return <NewTaskRow key={rowKey} adding={adding} />;
  const key = parseRowKey(rowKey);
  if (key.type === 'task') return <TaskRow id={key.id} />;
  if (key.type === 'add') return <AddRow group={key.group} />;
  return key.type === 'editor' ? null : renderOther(rowKey);
}

function AddRow({ group }: { group: string }) {
  const { addTo, view, renderStart } = useList();
  const draft = view.definition.draft(group);
  const subtask = draft?.parentId !== undefined;
  return (
    <button type="button" tabIndex={-1} className="add-row" onClick={() => addTo(group)}>
      <span className="add-row-icon">
        <Plus aria-hidden="true" className="size-4.5" />
      </span>
      <span className="add-row-text">{subtask ? 'Add subtask' : 'Add task'}</span>
      {draft && renderStart?.(baseOf(draft), null)}
    </button>
  );
}
