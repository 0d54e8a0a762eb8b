import { Ellipsis, Rows3, Tag } from 'lucide-react';
import { useMemo } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { moveFavourite, removeFavourite } from '#core/users/user-mutators.ts';
import type { Favourite } from '#core/users/favourite.ts';
import { favouriteRank } from '#web/projects/project-actions.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useCount, useLiveQuery, useReplica, useRow } from '#web/replica/use-query.ts';
import { idOfRef, routes } from '#web/routes.ts';
import { labelKey } from '#core/labels/label.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { MenuButton } from '#web/ui/menu.tsx';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { favouriteTarget } from './favourites.ts';
import { SidebarRow } from './sidebar-row.tsx';
import { SidebarSection } from './sidebar-section.tsx';

const favourites: Query<'favourite'> = { kind: 'favourite' };

export function SidebarFavourites() {
  const all = useLiveQuery(favourites);
  const replica = useReplica();
  const pathname = usePathname();
  const currentId = useMemo(() => targetOf(pathname), [pathname]);
  const shown = all.filter((favourite) => favouriteTarget(replica, favourite) !== undefined);
  if (shown.length === 0) return null;
  return (
    <SidebarSection name="favourites" title="Favourites">
      {shown.map((favourite, index) => (
        <FavouriteRow
          key={favourite.id}
          favourite={favourite}
          current={favourite.targetId === currentId}
          keys={index < 9 ? `g ${index + 1}` : undefined}
          menu={() => favouriteMenu(replica, shown, index)}
        />
      ))}
    </SidebarSection>
  );
}

function targetOf(pathname: string): string | undefined {
  const ref = (routes.project.parse(pathname) ?? routes.label.parse(pathname))?.params.ref;
  return ref === undefined ? undefined : idOfRef(ref);
}

function favouriteMenu(
  replica: ReturnType<typeof useReplica>,
  shown: readonly Favourite[],
  index: number,
): readonly MenuSectionSpec[] {
  const favourite = shown[index];
  if (!favourite) return [];
  const ranks = shown.map((each) => each.rank);
  const move = (direction: 'up' | 'down') => {
    const rank = favouriteRank(ranks, index, direction);
    return {
      id: direction,
      label: direction === 'up' ? 'Move up' : 'Move down',
      disabled: rank === null,
      onSelect: () => {
        if (rank !== null) replica.mutate(moveFavourite, { id: favourite.id, rank });
      },
    };
  };
  return [
    { id: 'place', items: [move('up'), move('down')] },
    {
      id: 'end',
      items: [
        {
          id: 'remove',
          label: 'Remove from favourites',
          onSelect: () => void replica.mutate(removeFavourite, { id: favourite.id }),
        },
      ],
    },
  ];
}

interface FavouriteRowProps {
  favourite: Favourite;
  current: boolean;
  keys: string | undefined;
  menu: () => readonly MenuSectionSpec[];
}

function FavouriteRow({ favourite, current, keys, menu }: FavouriteRowProps) {
  const replica = useReplica();
  const { targetKind, targetId } = favourite;
  // Watched, so that a new name or colour shows.
  const project = useRow('project', targetKind === 'project' ? targetId : null);
  const label = useRow('label', targetKind === 'label' ? targetId : null);
  useRow('section', targetKind === 'section' ? targetId : null);
  const count = useCount(
    targetKind === 'label'
      ? { index: 'openByLabel', key: labelKey(label?.name ?? '') }
      : { index: targetKind === 'section' ? 'openBySection' : 'openByProject', key: targetId },
  );
  const target = favouriteTarget(replica, favourite);
  if (!target) return null;
  return (
    <li>
      <SidebarRow
        href={target.href}
        icon={
          project ? (
            <ColorDot color={project.color} />
          ) : label ? (
            <span data-color={label.color} className="text-swatch">
              <Tag aria-hidden="true" className="size-4" />
            </span>
          ) : (
            <Rows3 aria-hidden="true" className="size-4" />
          )
        }
        label={target.name}
        current={current}
        count={count}
        {...(keys !== undefined && { keys })}
        actions={
          <MenuButton
            size="sm"
            label={`Actions for favourite ${target.name}`}
            icon={<Ellipsis className="size-4" />}
            sections={menu}
          />
        }
      />
    </li>
  );
}
