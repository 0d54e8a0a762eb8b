import {
  Archive,
  ArchiveRestore,
  ArrowDown,
  ArrowUp,
  FolderPlus,
  Link2,
  Pencil,
  Star,
  StarOff,
  Trash2,
  Users,
} from 'lucide-react';
import { memberId } from '#core/projects/member.ts';
import { PROJECT_DEPTH_MAX, type Project } from '#core/projects/project.ts';
import { can, type ProjectAction } from '#core/projects/role.ts';
import type { Replica } from '#web/replica/replica.ts';
import { projectHref } from '#web/routes.ts';
import type { Dialogs } from '#web/shell/dialogs.ts';
import type { MenuItemSpec, MenuSectionSpec } from '#web/ui/menu-model.ts';
import { moveAmongSiblings, setArchived, setFavourite, trashProject } from './project-actions.ts';
import { findNode, isListed, projectTree, rankForMove } from './project-tree.ts';

export interface ProjectMenuContext {
  readonly replica: Replica;
  readonly dialogs: Dialogs;
  /** Tells that the link is in the clipboard, or that it could not be put there. */
  readonly say: (text: string) => void;
}

const icon = 'size-4';

/** What can be done with a project, as far as the person may. */
export function projectMenu(project: Project, context: ProjectMenuContext): readonly MenuSectionSpec[] {
  const { replica } = context;
  const role = replica.get('member', memberId(project.id, replica.account.userId))?.role;
  const may = (action: ProjectAction): boolean => role !== undefined && can(role, action);
  return [
    { id: 'edit', items: editItems(project, context, may) },
    { id: 'place', items: placeItems(project, context, may) },
    { id: 'share', items: shareItems(project, context) },
    { id: 'end', items: endItems(project, context, may) },
  ];
}

type May = (action: ProjectAction) => boolean;

function editItems(project: Project, { replica, dialogs }: ProjectMenuContext, may: May): MenuItemSpec[] {
  const { id } = project;
  const favourite = replica.list('userFavourites', replica.account.userId).some((each) => each.targetId === id);
  const items: MenuItemSpec[] = [];
  if (may('project.edit') && !project.inbox) {
    items.push({
      id: 'edit',
      label: 'Edit project…',
      icon: <Pencil className={icon} />,
      onSelect: () => dialogs.open({ type: 'edit-project', projectId: id }),
    });
  }
  if (!project.archivedAt) {
    items.push({
      id: 'favourite',
      label: favourite ? 'Remove from favourites' : 'Add to favourites',
      icon: favourite ? <StarOff className={icon} /> : <Star className={icon} />,
      onSelect: () => setFavourite(replica, { kind: 'project', id }, !favourite),
    });
  }
  if (may('project.edit') && !project.inbox && !project.archivedAt && depthOf(replica, id) < PROJECT_DEPTH_MAX) {
    items.push({
      id: 'add-below',
      label: 'Add project below…',
      icon: <FolderPlus className={icon} />,
      onSelect: () => dialogs.open({ type: 'create-project', parentId: id }),
    });
  }
  return items;
}

function treeOf(replica: Replica) {
  return projectTree([...replica.all('project').values()].filter(isListed));
}

function depthOf(replica: Replica, id: string): number {
  return findNode(treeOf(replica), id)?.depth ?? 1;
}

function placeItems(project: Project, { replica }: ProjectMenuContext, may: May): MenuItemSpec[] {
  if (!may('project.manage') || !isListed(project)) return [];
  const tree = treeOf(replica);
  const { id } = project;
  return [
    {
      id: 'up',
      label: 'Move up',
      icon: <ArrowUp className={icon} />,
      disabled: rankForMove(tree, id, 'up') === null,
      onSelect: () => moveAmongSiblings(replica, id, 'up'),
    },
    {
      id: 'down',
      label: 'Move down',
      icon: <ArrowDown className={icon} />,
      disabled: rankForMove(tree, id, 'down') === null,
      onSelect: () => moveAmongSiblings(replica, id, 'down'),
    },
  ];
}

function shareItems(project: Project, { dialogs, say }: ProjectMenuContext): MenuItemSpec[] {
  const members: MenuItemSpec = {
    id: 'members',
    label: 'Members',
    icon: <Users className={icon} />,
    onSelect: () => dialogs.open({ type: 'members', projectId: project.id }),
  };
  const link: MenuItemSpec = {
    id: 'link',
    label: 'Copy link',
    icon: <Link2 className={icon} />,
    onSelect: () => void copyLink(project, say),
  };
  return project.inbox ? [link] : [members, link];
}

async function copyLink(project: Project, say: (text: string) => void): Promise<void> {
  const url = new URL(projectHref(project), location.href).href;
  try {
    await navigator.clipboard.writeText(url);
    say('Link copied.');
  } catch {
    // No clipboard on plain http: show what to copy.
    say(url);
  }
}

function endItems(project: Project, { replica }: ProjectMenuContext, may: May): MenuItemSpec[] {
  if (project.inbox) return [];
  const { id } = project;
  const items: MenuItemSpec[] = [];
  if (may('project.manage')) {
    const archived = project.archivedAt !== null;
    items.push({
      id: 'archive',
      label: archived ? 'Unarchive' : 'Archive',
      icon: archived ? <ArchiveRestore className={icon} /> : <Archive className={icon} />,
      onSelect: () => setArchived(replica, id, !archived),
    });
  }
  if (may('project.delete')) {
    items.push({
      id: 'delete',
      label: 'Delete',
      tone: 'danger',
      icon: <Trash2 className={icon} />,
      onSelect: () => trashProject(replica, id),
    });
  }
  return items;
}
