import { Archive, FolderPlus, Plus, SquareStack } from 'lucide-react';
import { useMemo } from 'react';
import { usePathname, useSearch } from 'wouter/use-browser-location';
import type { Project } from '#core/projects/project.ts';
import { Link } from '#web/link.tsx';
import { navigate } from '#web/navigation.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useCount, useLiveQuery, useReplica } from '#web/replica/use-query.ts';
import { projectHref, routes } from '#web/routes.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { Page } from '#web/shell/page.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { Button } from '#web/ui/button.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Segmented } from '#web/ui/segmented.tsx';
import { setArchived } from './project-actions.ts';
import { ProjectMenuButton } from './project-menu-button.tsx';
import { allNodes } from './project-tree.ts';
import { useProjectForest, useProjectRights, useSharedProjects } from './use-projects.ts';

type Shown = 'active' | 'archived';

export function ProjectsPage() {
  const dialogs = useDialogs();
  const archived = routes.projects.parse(usePathname(), useSearch())?.query.archived === true;
  return (
    <Page
      title="Projects"
      actions={
        <Button
          tone="primary"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => dialogs.open({ type: 'create-project' })}
        >
          New project
        </Button>
      }
    >
      <div className="px-2 pb-4">
        <Segmented<Shown>
          label="Show"
          value={archived ? 'archived' : 'active'}
          options={[
            { value: 'active', label: 'Active' },
            { value: 'archived', label: 'Archived' },
          ]}
          onChange={(shown) =>
            navigate(routes.projects.href({}, shown === 'archived' ? { archived: true } : {}), { replace: true })
          }
        />
      </div>
      <WhenLoaded>{archived ? <ArchivedProjects /> : <ActiveProjects />}</WhenLoaded>
    </Page>
  );
}

function ActiveProjects() {
  const { tree } = useProjectForest();
  const shared = useSharedProjects();
  const dialogs = useDialogs();
  const nodes = useMemo(() => allNodes(tree), [tree]);
  if (nodes.length === 0) {
    return (
      <EmptyState
        icon={<SquareStack className="size-6" />}
        title="No projects yet"
        text="A project holds tasks that belong together, in sections if you like."
        actions={
          <Button
            tone="primary"
            icon={<FolderPlus aria-hidden="true" className="size-4" />}
            onClick={() => dialogs.open({ type: 'create-project' })}
          >
            New project
          </Button>
        }
      />
    );
  }
  return (
    <ul className="flex flex-col">
      {nodes.map(({ project, depth }) => (
        <ProjectLine key={project.id} project={project} depth={depth} shared={shared.has(project.id)} />
      ))}
    </ul>
  );
}

const archivedQuery: Query<'project'> = {
  kind: 'project',
  filter: (project) => project.archivedAt !== null && project.deletedAt === null,
};

function ArchivedProjects() {
  const projects = useLiveQuery(archivedQuery);
  const shared = useSharedProjects();
  if (projects.length === 0) {
    return (
      <EmptyState
        icon={<Archive className="size-6" />}
        title="Nothing archived"
        text="Archive a project to put it away without losing anything in it."
      />
    );
  }
  return (
    <ul className="flex flex-col">
      {projects.map((project) => (
        <ProjectLine key={project.id} project={project} depth={1} shared={shared.has(project.id)} />
      ))}
    </ul>
  );
}

const INDENT = 24;

function ProjectLine({ project, depth, shared }: { project: Project; depth: number; shared: boolean }) {
  const replica = useReplica();
  const may = useProjectRights(project.id);
  const count = useCount({ index: 'openByProject', key: project.id });
  return (
    <li className="line" style={{ paddingInlineStart: (depth - 1) * INDENT }}>
      <Link href={projectHref(project)} className="line-link">
        <span className="grid size-5 shrink-0 place-items-center">
          <ColorDot color={project.color} />
        </span>
        <span className="min-w-0 truncate text-body">{project.name}</span>
        {shared ? <span className="shrink-0 text-meta text-fg-tertiary">Shared</span> : null}
        <span className="ml-auto shrink-0 text-meta text-fg-tertiary tabular-nums">
          {count === 1 ? '1 task' : `${count} tasks`}
        </span>
      </Link>
      {project.archivedAt && may('project.manage') ? (
        <Button size="sm" onClick={() => setArchived(replica, project.id, false)}>
          Unarchive
        </Button>
      ) : null}
      <ProjectMenuButton projectId={project.id} name={project.name} />
    </li>
  );
}
