import { Tag } from 'lucide-react';
import { useCallback } from 'react';
import type { Label } from '#core/labels/label.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import { useRow, useSyncState } from '#web/replica/use-query.ts';
import { LabelMenuButton } from '#web/labels/label-menu-button.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { foldsOf } from './folds.ts';
import { GroupHeader } from './group-header.tsx';
import { labelDefinition } from './label-definition.ts';
import { useViewState } from './list-context.ts';
import { NotFoundView } from './not-found-view.tsx';
import { type DefineView, ViewLoading, ViewPage } from './view-page.tsx';
import { headerKey, parseRowKey } from './view-rows.ts';

export function LabelPage({ labelId }: { labelId: string }) {
  const label = useRow('label', labelId);
  const inbox = useInbox();
  const loaded = useSyncState((status) => status.loaded);
  if (!label && loaded) return <NotFoundView what="label" />;
  if (!label || !inbox) return <ViewLoading title="Label" />;
  return <LabelView key={label.id} label={label} inboxId={inbox.id} />;
}

function LabelView({ label, inboxId }: { label: Label; inboxId: string }) {
  const { id, name, color } = label;
  const define = useCallback<DefineView>(
    (replica, metrics) => labelDefinition(replica, { name, inboxId, metrics, folds: foldsOf(`label.${id}`) }),
    [id, name, inboxId],
  );
  return (
    <ViewPage
      title={name}
      icon={<ColorDot color={color} />}
      actions={<LabelMenuButton labelId={id} name={name} />}
      define={define}
      writable
      renderOther={renderHeader}
      empty={<EmptyState icon={<Tag className="size-6" />} title="No open task has this label." />}
    />
  );
}

function renderHeader(key: string) {
  const row = parseRowKey(key);
  return row.type === 'header' ? <ProjectHeader projectId={row.group} /> : null;
}

function ProjectHeader({ projectId }: { projectId: string }) {
  const project = useRow('project', projectId);
  const closed = useViewState((view) => view.isHeaderClosed(headerKey(projectId)));
  const name = project?.inbox ? 'Inbox' : (project?.name ?? '');
  const title = (
    <span className="inline-flex max-w-full items-center gap-2">
      {project ? <ColorDot color={project.color} /> : null}
      <span className="truncate">{name}</span>
    </span>
  );
  return <GroupHeader group={projectId} title={title} name={name} closed={closed} />;
}
