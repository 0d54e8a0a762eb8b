import { ArrowDown, ArrowUp, Pencil, Star, StarOff, Trash2 } from 'lucide-react';
import { byRank } from '#core/ordering.ts';
import { setFavourite } from '#web/projects/project-actions.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { type Dialogs, useDialogs } from '#web/shell/dialogs.ts';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { MenuOverlay } from '#web/ui/menu-overlay.tsx';
import type { LayerProps } from '#web/ui/menu.tsx';
import { labelRank, moveLabel, removeLabel } from './label-actions.ts';

export interface LabelMenuOverlayProps extends LayerProps {
  labelId: string;
}

export function LabelMenuOverlay({ labelId, ...layer }: LabelMenuOverlayProps) {
  const replica = useReplica();
  const dialogs = useDialogs();
  return <MenuOverlay {...layer} sections={labelMenu(replica, dialogs, labelId)} />;
}

function labelMenu(replica: Replica, dialogs: Dialogs, labelId: string): readonly MenuSectionSpec[] {
  const label = replica.get('label', labelId);
  if (!label) return [];
  const { userId } = replica.account;
  const favourite = replica.list('userFavourites', userId).some((each) => each.targetId === labelId);
  const labels = replica.list('userLabels', userId).toSorted(byRank);
  const icon = 'size-4';
  return [
    {
      id: 'edit',
      items: [
        {
          id: 'edit',
          label: 'Edit label…',
          icon: <Pencil className={icon} />,
          onSelect: () => dialogs.open({ type: 'edit-label', labelId }),
        },
        {
          id: 'favourite',
          label: favourite ? 'Remove from favourites' : 'Add to favourites',
          icon: favourite ? <StarOff className={icon} /> : <Star className={icon} />,
          onSelect: () => setFavourite(replica, { kind: 'label', id: labelId }, !favourite),
        },
      ],
    },
    {
      id: 'place',
      items: [
        {
          id: 'up',
          label: 'Move up',
          icon: <ArrowUp className={icon} />,
          disabled: labelRank(labels, labelId, 'up') === null,
          onSelect: () => moveLabel(replica, labels, labelId, 'up'),
        },
        {
          id: 'down',
          label: 'Move down',
          icon: <ArrowDown className={icon} />,
          disabled: labelRank(labels, labelId, 'down') === null,
          onSelect: () => moveLabel(replica, labels, labelId, 'down'),
        },
      ],
    },
    {
      id: 'end',
      items: [
        {
          id: 'delete',
          label: 'Delete',
          tone: 'danger',
          icon: <Trash2 className={icon} />,
          onSelect: () => removeLabel(replica, label),
        },
      ],
    },
  ];
}
