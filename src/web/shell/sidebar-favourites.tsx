import { Ellipsis, Filter, Rows3, Tag } from 'lucide-react';
import { useMemo } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import type { Favourite } from '#core/users/favourite.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useCount, useLiveQuery, useReplica, useRow } from '#web/replica/use-query.ts';
import { idOfRef, routes } from '#web/routes.ts';
import { labelKey } from '#core/labels/label.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { LayerButton } from '#web/ui/menu.tsx';
import { favouriteTarget } from './favourites.ts';
import { SidebarRow } from './sidebar-row.tsx';
import { SidebarSection } from './sidebar-section.tsx';

export const FavouriteMenu = lazyLayer(() =>
  import('./favourite-menu-overlay.tsx').then((module) => module.FavouriteMenuOverlay),
);

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
          among={shown}
        />
      ))}
    </SidebarSection>
  );
}

function targetOf(pathname: string): string | undefined {
  const ref = (routes.project.parse(pathname) ?? routes.label.parse(pathname) ?? routes.filter.parse(pathname))?.params
    .ref;
  return ref === undefined ? undefined : idOfRef(ref);
}

interface FavouriteRowProps {
  favourite: Favourite;
  current: boolean;
  keys: string | undefined;
  /** All that are shown, in their order. */
  among: readonly Favourite[];
}

function FavouriteRow({ favourite, current, keys, among }: FavouriteRowProps) {
  const replica = useReplica();
  const { targetKind, targetId } = favourite;
  // Watched, so that a new name or colour shows.
  const project = useRow('project', targetKind === 'project' ? targetId : null);
  const label = useRow('label', targetKind === 'label' ? targetId : null);
  const filter = useRow('filter', targetKind === 'filter' ? targetId : null);
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
          ) : filter ? (
            <span data-color={filter.color} className="text-swatch">
              <Filter aria-hidden="true" className="size-4" />
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
          <LayerButton
            size="sm"
            label={`Actions for favourite ${target.name}`}
            icon={<Ellipsis className="size-4" />}
            preload={FavouriteMenu.preload}
            layer={(props) => <FavouriteMenu {...props} favourite={favourite} among={among} />}
          />
        }
      />
    </li>
  );
}
