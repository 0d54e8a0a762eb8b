import { rankAtEnd, rankBetween } from '#core/ordering.ts';
import {
  archiveProject,
  createProject,
  deleteProject,
  moveProject,
  unarchiveProject,
  updateProject,
} from '#core/projects/project-mutators.ts';
import type { Color } from '#core/schema.ts';
import { addFavourite, removeFavourite } from '#core/users/user-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import { isListed, projectTree, rankForMove, type MoveDirection } from './project-tree.ts';

export interface ProjectDraft {
  readonly name: string;
  readonly color: Color;
  readonly parentId: string | null;
}

export function addProject(replica: Replica, draft: ProjectDraft, id = replica.newId()): string {
  const { username, displayName } = replica.account;
  replica.mutate(createProject, {
    id,
    ...draft,
    rank: rankAtEnd(siblingsUnder(replica, draft.parentId)),
    username,
    displayName,
  });
  return id;
}

/** Changes what differs, as one gesture. */
export function editProject(replica: Replica, id: string, draft: ProjectDraft): void {
  const project = replica.get('project', id);
  if (!project) return;
  replica.batch(() => {
    if (draft.name !== project.name || draft.color !== project.color) {
      replica.mutate(updateProject, { id, name: draft.name, color: draft.color });
    }
    if (draft.parentId !== project.parentId) {
      const rank = rankAtEnd(siblingsUnder(replica, draft.parentId));
      replica.mutate(moveProject, { id, parentId: draft.parentId, rank });
    }
  });
}

export function moveAmongSiblings(replica: Replica, id: string, direction: MoveDirection): void {
  const rank = rankForMove(projectTree([...replica.all('project').values()].filter(isListed)), id, direction);
  if (rank !== null) replica.mutate(moveProject, { id, rank });
}

export function setArchived(replica: Replica, id: string, archived: boolean): void {
  replica.mutate(archived ? archiveProject : unarchiveProject, { id });
}

export function trashProject(replica: Replica, id: string): void {
  replica.mutate(deleteProject, { id });
}

export function setFavourite(
  replica: Replica,
  target: { kind: 'project' | 'label' | 'filter'; id: string },
  wanted: boolean,
): void {
  const favourites = replica.list('userFavourites', replica.account.userId);
  const present = favourites.find((favourite) => favourite.targetId === target.id);
  if (present && !wanted) replica.mutate(removeFavourite, { id: present.id });
  if (!present && wanted) {
    const rank = rankAtEnd(favourites);
    replica.mutate(addFavourite, { id: replica.newId(), targetKind: target.kind, targetId: target.id, rank });
  }
}

/** Puts a favourite before or behind its neighbour. */
export function favouriteRank(ranks: readonly string[], index: number, direction: 'up' | 'down'): string | null {
  const at = (i: number): string | null => ranks[i] ?? null;
  if (direction === 'up') return index <= 0 ? null : rankBetween(at(index - 2), at(index - 1));
  return index >= ranks.length - 1 ? null : rankBetween(at(index + 1), at(index + 2));
}

function siblingsUnder(replica: Replica, parentId: string | null) {
  return [...replica.all('project').values()].filter((project) => project.parentId === parentId && !project.inbox);
}
