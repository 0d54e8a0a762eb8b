import { byRank } from '#core/ordering.ts';
import { isListed } from '#web/projects/project-tree.ts';
import type { Favourite } from '#core/users/favourite.ts';
import type { Replica } from '#web/replica/replica.ts';
import { filterHref, labelHref, projectHref } from '#web/routes.ts';

export interface FavouriteTarget {
  readonly name: string;
  readonly href: string;
}

type Rows = Pick<Replica, 'get'>;

/** What a favourite stands for; undefined when it vanished for this person, was archived or is in the trash. */
export function favouriteTarget(rows: Rows, { targetKind, targetId }: Favourite): FavouriteTarget | undefined {
  if (targetKind === 'label') {
    const label = rows.get('label', targetId);
    return label && { name: label.name, href: labelHref(label) };
  }
  if (targetKind === 'filter') {
    const filter = rows.get('filter', targetId);
    return filter && { name: filter.name, href: filterHref(filter) };
  }
  if (targetKind === 'section') {
    const section = rows.get('section', targetId);
    const project = section && rows.get('project', section.projectId);
    if (!section || !project || section.deletedAt || !isShown(project)) return undefined;
    return { name: section.name, href: `${projectHref(project)}#s-${section.id}` };
  }
  const project = rows.get('project', targetId);
  return project && isShown(project) ? { name: project.name, href: projectHref(project) } : undefined;
}

function isShown(project: Parameters<typeof isListed>[0]): boolean {
  return project.inbox || isListed(project);
}

/** The favourites of the sidebar, in order. */
export function shownFavourites(replica: Replica): Favourite[] {
  return replica
    .list('userFavourites', replica.account.userId)
    .filter((favourite) => favouriteTarget(replica, favourite))
    .sort(byRank);
}
