import { Plus } from 'lucide-react';
import { memo } from 'react';
import { useCount } from '#web/replica/use-query.ts';
import { projectHref } from '#web/routes.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { setClosed, useClosed } from '#web/shell/sidebar-folds.ts';
import { SidebarRow } from '#web/shell/sidebar-row.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ProjectMenuButton } from './project-menu-button.tsx';
import type { ProjectNode } from './project-tree.ts';
import { useProjectRights } from './use-projects.ts';

export interface ProjectBranchProps {
  node: ProjectNode;
  /** The project whose page is shown. */
  currentId: string | null;
}

/** A project of the sidebar with those below it; there may be hundreds, so each renders only for itself. */
export const ProjectBranch = memo(function ProjectBranch({ node, currentId }: ProjectBranchProps) {
  const { project, children, depth } = node;
  const closed = useClosed().has(project.id);
  const count = useCount({ index: 'openByProject', key: project.id });
  const dialogs = useDialogs();
  const may = useProjectRights(project.id);
  return (
    <li>
      <SidebarRow
        tree
        href={projectHref(project)}
        icon={<ColorDot color={project.color} />}
        label={project.name}
        current={project.id === currentId}
        count={count}
        indent={depth - 1}
        expanded={children.length > 0 ? !closed : undefined}
        onToggle={() => setClosed(project.id, !closed)}
        actions={
          <>
            {may('task.write') ? (
              <IconButton
                size="sm"
                label={`Add task to ${project.name}`}
                icon={<Plus className="size-4" />}
                onClick={() => dialogs.open({ type: 'add-task', projectId: project.id })}
              />
            ) : null}
            <ProjectMenuButton projectId={project.id} name={project.name} />
          </>
        }
      />
      {children.length > 0 && !closed ? (
        <ul className="flex flex-col gap-px pt-px">
          {children.map((child) => (
            <ProjectBranch key={child.project.id} node={child} currentId={currentId} />
          ))}
        </ul>
      ) : null}
    </li>
  );
});
