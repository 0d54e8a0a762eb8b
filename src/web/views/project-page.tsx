import { CircleCheck, Inbox, ListPlus, ListTodo } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { Project } from '#core/projects/project.ts';
import { ProjectMenuButton } from '#web/projects/project-menu-button.tsx';
import { useInbox } from '#web/projects/use-projects.ts';
import { useRow, useSyncState } from '#web/replica/use-query.ts';
import { NewSection } from '#web/sections/new-section.tsx';
import { SectionHeader } from '#web/sections/section-header.tsx';
import { useCan } from '#web/tasks/use-task-facts.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { foldsOf } from './folds.ts';
import { useViewState } from './list-context.ts';
import { NotFoundView } from './not-found-view.tsx';
import { projectDefinition } from './project-definition.ts';
import { type DefineView, ViewLoading, ViewPage } from './view-page.tsx';
import { headerKey, parseRowKey } from './view-rows.ts';

export function InboxPage() {
  const inbox = useInbox();
  if (!inbox) return <ViewLoading title="Inbox" />;
  return <ProjectView key={inbox.id} project={inbox} />;
}

export function ProjectPage({ projectId }: { projectId: string }) {
  const project = useRow('project', projectId);
  const loaded = useSyncState((status) => status.loaded);
  if (!project) return loaded ? <NotFoundView what="project" /> : <ViewLoading title="Project" />;
  if (project.deletedAt !== null) return <NotFoundView what="project" />;
  return <ProjectView key={project.id} project={project} />;
}

function ProjectView({ project }: { project: Project }) {
  const { id, inbox, name, color } = project;
  const writable = useCan(id, 'task.write');
  const [showCompleted, setShowCompleted] = useState(false);
  const [addingSection, setAddingSection] = useState(false);
  const bottomRef = useRef<HTMLDivElement>(null);
  const define = useCallback<DefineView>(
    (replica, metrics) =>
      projectDefinition(replica, { projectId: id, showCompleted, writable, metrics, folds: foldsOf(`project.${id}`) }),
    [id, showCompleted, writable],
  );
  const addSection = useCallback(() => {
    setAddingSection(true);
    requestAnimationFrame(() => bottomRef.current?.scrollIntoView({ block: 'nearest' }));
  }, []);
  const title = inbox ? 'Inbox' : name;

  return (
    <ViewPage
      title={title}
      icon={inbox ? <Inbox className="size-5 text-accent-fg" /> : <ColorDot color={color} />}
      actions={
        <>
          {writable ? (
            <IconButton label="Add section" keys="s" icon={<ListPlus className="size-4.5" />} onClick={addSection} />
          ) : null}
          <IconButton
            label="Show completed"
            pressed={showCompleted}
            icon={<CircleCheck className="size-4.5" />}
            onClick={() => setShowCompleted(!showCompleted)}
          />
          {inbox ? null : <ProjectMenuButton projectId={id} name={name} size="md" />}
        </>
      }
      define={define}
      writable={writable}
      renderOther={renderHeader}
      {...(writable && { onAddSection: addSection })}
      empty={<NothingHere inbox={inbox} writable={writable} />}
      below={
        <div ref={bottomRef}>
          {addingSection ? <NewSection projectId={id} onClose={() => setAddingSection(false)} /> : null}
        </div>
      }
    />
  );
}

function renderHeader(key: string) {
  const row = parseRowKey(key);
  return row.type === 'header' ? <ProjectSectionHeader sectionId={row.group} /> : null;
}

function ProjectSectionHeader({ sectionId }: { sectionId: string }) {
  const closed = useViewState((each) => each.isHeaderClosed(headerKey(sectionId)));
  return <SectionHeader sectionId={sectionId} closed={closed} />;
}

function NothingHere({ inbox, writable }: { inbox: boolean; writable: boolean }) {
  if (inbox) {
    return <EmptyState icon={<Inbox className="size-6" />} title="Inbox is clear." text="New tasks land here." />;
  }
  return (
    <EmptyState
      icon={<ListTodo className="size-6" />}
      title={writable ? 'Add the first task, or paste a list.' : 'Nothing to do here.'}
    />
  );
}
