import { Plus } from 'lucide-react';
import { usePathname } from 'wouter/use-browser-location';
import { Link } from '#web/link.tsx';
import { ProjectBranch } from '#web/projects/project-branch.tsx';
import { useProjectForest } from '#web/projects/use-projects.ts';
import { idOfRef, routes } from '#web/routes.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { useDialogs } from './dialogs.ts';
import { SidebarSection } from './sidebar-section.tsx';
import { viewKeys } from './use-shell-keys.ts';

export function SidebarProjects() {
  const { own, shared } = useProjectForest();
  const dialogs = useDialogs();
  const currentId = useCurrentProject();
  const add = (
    <IconButton
      size="sm"
      label="Add project"
      icon={<Plus className="size-4" />}
      onClick={() => dialogs.open({ type: 'create-project' })}
    />
  );
  return (
    <>
      <SidebarSection name="projects" title="Projects" actions={add}>
        {own.map((node) => (
          <ProjectBranch key={node.project.id} node={node} currentId={currentId} />
        ))}
        {own.length === 0 ? (
          <li>
            <button type="button" className="sidebar-hint" onClick={() => dialogs.open({ type: 'create-project' })}>
              Add your first project
            </button>
          </li>
        ) : null}
        <li>
          <AllProjectsLink />
        </li>
      </SidebarSection>
      {shared.length > 0 ? (
        <SidebarSection name="shared" title="Shared">
          {shared.map((node) => (
            <ProjectBranch key={node.project.id} node={node} currentId={currentId} />
          ))}
        </SidebarSection>
      ) : null}
    </>
  );
}

function AllProjectsLink() {
  const current = routes.projects.parse(usePathname()) !== undefined;
  const { closeDrawer } = useShell();
  return (
    <Link
      href={routes.projects.href({})}
      onClick={closeDrawer}
      aria-current={current ? 'page' : undefined}
      data-tooltip="All projects"
      data-tooltip-keys={viewKeys.projects}
      className="sidebar-hint"
    >
      All projects
    </Link>
  );
}

function useCurrentProject(): string | null {
  const ref = routes.project.parse(usePathname())?.params.ref;
  return ref === undefined ? null : (idOfRef(ref) ?? null);
}
