import { ArrowDown, ArrowUp, Pencil, Star, StarOff, Trash2 } from 'lucide-react';
import { byRank } from '#core/ordering.ts';
import { setFavourite } from '#web/projects/project-actions.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { type Dialogs, useDialogs } from '#web/shell/dialogs.ts';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { MenuOverlay } from '#web/ui/menu-overlay.tsx';
import type { LayerProps } from '#web/ui/menu.tsx';
import { filterRank, moveFilter, removeFilter } from './filter-actions.ts';

export interface FilterMenuOverlayProps extends LayerProps {
  filterId: string;
}

export function FilterMenuOverlay({ filterId, ...layer }: FilterMenuOverlayProps) {
  const replica = useReplica();
  const dialogs = useDialogs();
  return <MenuOverlay {...layer} sections={filterMenu(replica, dialogs, filterId)} />;
}

function filterMenu(replica: Replica, dialogs: Dialogs, filterId: string): readonly MenuSectionSpec[] {
  const filter = replica.get('filter', filterId);
  if (!filter) return [];
  const { userId } = replica.account;
  const favourite = replica.list('userFavourites', userId).some((each) => each.targetId === filterId);
  const filters = replica.list('userFilters', userId).toSorted(byRank);
  const icon = 'size-4';
  const move = (direction: 'up' | 'down') => ({
    id: direction,
    label: direction === 'up' ? 'Move up' : 'Move down',
    icon: direction === 'up' ? <ArrowUp className={icon} /> : <ArrowDown className={icon} />,
    disabled: filterRank(filters, filterId, direction) === null,
    onSelect: () => moveFilter(replica, filters, filterId, direction),
  });
  return [
    {
      id: 'edit',
      items: [
        {
          id: 'edit',
          label: 'Edit filter…',
          icon: <Pencil className={icon} />,
          onSelect: () => dialogs.open({ type: 'edit-filter', filterId }),
        },
        {
          id: 'favourite',
          label: favourite ? 'Remove from favourites' : 'Add to favourites',
          icon: favourite ? <StarOff className={icon} /> : <Star className={icon} />,
          onSelect: () => setFavourite(replica, { kind: 'filter', id: filterId }, !favourite),
        },
      ],
    },
    { id: 'place', items: [move('up'), move('down')] },
    {
      id: 'end',
      items: [
        {
          id: 'delete',
          label: 'Delete',
          tone: 'danger',
          icon: <Trash2 className={icon} />,
          onSelect: () => removeFilter(replica, filter),
        },
      ],
    },
  ];
}
