import { ArrowDown, ArrowUp, ChevronRight, Ellipsis, Link as LinkIcon, X } from 'lucide-react';
import { useMemo } from 'react';
import { useRow } from '#web/replica/use-query.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import type { KeyAction } from '#web/ui/keymap.ts';
import { MenuButton } from '#web/ui/menu.tsx';
import { useKeyActions } from '#web/ui/use-keymap.ts';
import { useDetail } from './detail-context.ts';
import { neighbourOf } from './neighbours.ts';
import { taskMenu } from './task-menu.tsx';

interface DetailHeaderProps {
  onOpen: (taskId: string) => void;
  onClose?: () => void;
}

export function DetailHeader({ onOpen, onClose }: DetailHeaderProps) {
  const { task, runCommand } = useDetail();
  const goKeys = useMemo<readonly KeyAction[]>(() => {
    const go = (id: string, direction: 1 | -1, keys: readonly string[], label: string): KeyAction => ({
      id,
      keys,
      context: 'Task',
      label,
      repeats: true,
      run() {
        const inDetail = document.activeElement?.closest('[data-region="detail"]');
        const next =
          inDetail && !document.activeElement?.closest('[data-row-key]') ? neighbourOf(task.id, direction) : null;
        if (next === null) return false;
        onOpen(next);
        return undefined;
      },
    });
    return [
      go('detail-next', 1, ['j', 'Mod+ArrowDown'], 'Next task'),
      go('detail-previous', -1, ['k', 'Mod+ArrowUp'], 'Previous task'),
    ];
  }, [task.id, onOpen]);
  useKeyActions(goKeys);
  const step = (direction: 1 | -1) => () => {
    const next = neighbourOf(task.id, direction);
    if (next !== null) onOpen(next);
  };
  return (
    <header className="detail-header">
      <Breadcrumb onOpen={onOpen} />
      {onClose ? (
        <>
          <IconButton label="Previous task" keys="k" icon={<ArrowUp className="size-4" />} onClick={step(-1)} />
          <IconButton label="Next task" keys="j" icon={<ArrowDown className="size-4" />} onClick={step(1)} />
        </>
      ) : null}
      <IconButton
        label="Copy link"
        keys="Mod+Shift+c"
        icon={<LinkIcon className="size-4" />}
        onClick={() => runCommand('copy-link')}
      />
      <span data-detail-menu="">
        <MenuButton
          label="Actions"
          keys="."
          icon={<Ellipsis className="size-4" />}
          sections={() => taskMenu({ task, inList: false, run: runCommand })}
        />
      </span>
      {onClose ? <IconButton label="Close" keys="Escape" icon={<X className="size-4.5" />} onClick={onClose} /> : null}
    </header>
  );
}

/** Where the task is; a click moves it. A subtask also shows its parent. */
function Breadcrumb({ onOpen }: { onOpen: (taskId: string) => void }) {
  const { task, writable, openPicker } = useDetail();
  const project = useRow('project', task.projectId);
  const section = useRow('section', task.sectionId);
  const parent = useRow('task', task.parentId);
  return (
    <div className="detail-breadcrumb">
      <button
        type="button"
        disabled={!writable}
        className="detail-crumb"
        data-tooltip="Move to…"
        data-tooltip-keys="v"
        onClick={(event) => openPicker('move', task.id, event.currentTarget)}
      >
        {project ? <ColorDot color={project.color} /> : null}
        <span className="truncate">{project?.name}</span>
        {section ? <span className="truncate text-fg-tertiary">/ {section.name}</span> : null}
      </button>
      {parent ? (
        <>
          <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-fg-tertiary rtl:rotate-180" />
          <button type="button" className="detail-crumb" onClick={() => onOpen(parent.id)}>
            <span className="truncate">{parent.title}</span>
          </button>
        </>
      ) : null}
    </div>
  );
}
