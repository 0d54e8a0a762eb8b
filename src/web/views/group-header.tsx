import { clsx } from 'clsx';
import { ChevronRight, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Count } from '#web/ui/pill.tsx';
import { useList, useViewState } from './list-context.ts';

interface GroupHeaderProps {
  group: string;
  title: ReactNode;
  /** Plain words for the buttons of the header. */
  name: string;
  tone?: 'danger' | 'accent';
  /** Undefined where the group cannot be closed. */
  closed?: boolean;
  /** Menus and the like. */
  actions?: ReactNode;
}

/** Stands above its group and sticks while the group is scrolled. The row itself is what opens and closes. */
export function GroupHeader({ group, title, name, tone, closed, actions }: GroupHeaderProps) {
  const { view, writable, addTo } = useList();
  const count = useViewState((each) => each.model.count(group));
  const canAdd = writable && view.definition.draft(group) !== null;
  return (
    <div className="group-header">
      <span aria-hidden="true" className="grid size-5 shrink-0 place-items-center text-fg-tertiary">
        {closed === undefined ? null : (
          <ChevronRight className={clsx('size-4 transition-transform', !closed && 'rotate-90')} />
        )}
      </span>
      <span className={clsx('min-w-0 truncate pl-1 text-body font-semibold', toneClasses[tone ?? 'none'])}>
        {title}
      </span>
      <span className="pl-1.5">{count > 0 ? <Count value={count} {...(tone === 'danger' && { tone })} /> : null}</span>
      <span className="flex-1" />
      <span className="group-actions">
        {canAdd ? (
          <IconButton
            size="sm"
            label={`Add task to ${name}`}
            icon={<Plus className="size-4" />}
            onClick={() => addTo(group)}
          />
        ) : null}
        {actions}
      </span>
    </div>
  );
}

const toneClasses = { danger: 'text-danger-fg', accent: 'text-accent-fg', none: '' } as const;
