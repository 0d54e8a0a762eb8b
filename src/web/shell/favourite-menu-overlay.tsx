import { moveFavourite, removeFavourite } from '#core/users/user-mutators.ts';
import type { Favourite } from '#core/users/favourite.ts';
import { favouriteRank } from '#web/projects/project-actions.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { MenuOverlay } from '#web/ui/menu-overlay.tsx';
import type { LayerProps } from '#web/ui/menu.tsx';

export interface FavouriteMenuOverlayProps extends LayerProps {
  favourite: Favourite;
  /** All that are shown, in their order. */
  among: readonly Favourite[];
}

export function FavouriteMenuOverlay({ favourite, among, ...layer }: FavouriteMenuOverlayProps) {
  const replica = useReplica();
  return <MenuOverlay {...layer} sections={favouriteMenu(replica, favourite, among)} />;
}

function favouriteMenu(
  replica: Replica,
  favourite: Favourite,
  among: readonly Favourite[],
): readonly MenuSectionSpec[] {
  const ranks = among.map((each) => each.rank);
  const index = among.indexOf(favourite);
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
