import { Trash2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useReplica } from '#web/replica/use-query.ts';
import { Page } from '#web/shell/page.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { Button } from '#web/ui/button.tsx';
import { AlertDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { RowGrid } from '#web/ui/row-grid/row-grid.tsx';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import { COARSE_POINTER, useMediaQuery } from '#web/ui/use-media-query.ts';
import { useNotices } from '#web/undo/notices.ts';
import type { TrashItem } from './trash-model.ts';
import { TrashRow } from './trash-row.tsx';
import { emptyTrash, mayHandle, purgeItem, useTrash } from './use-trash.ts';

/** `empty` asks about everything, an item about itself. */
type Asking = 'empty' | TrashItem | null;

/** What was deleted, to bring back or to delete for good. */
export function TrashPage() {
  const replica = useReplica();
  const items = useTrash();
  const coarse = useMediaQuery(COARSE_POINTER);
  const [asking, setAsking] = useState<Asking>(null);
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const rows = useMemo<readonly RowSpec[]>(
    () => items.map(({ id }) => ({ key: id, kind: 'row', level: 1, height: coarse ? 72 : 56 })),
    [items, coarse],
  );
  const renderRow = useCallback(
    (key: string) => {
      const item = byId.get(key);
      return item ? <TrashRow item={item} onPurge={setAsking} /> : null;
    },
    [byId],
  );
  const purgeable = items.some((item) => mayHandle(replica, item));
  return (
    <Page
      title="Trash"
      actions={purgeable ? <Button onClick={() => setAsking('empty')}>Empty Trash</Button> : undefined}
    >
      {items.length === 0 ? (
        <WhenLoaded>
          <EmptyState icon={<Trash2 className="size-6" />} title="Trash is empty" text="Deleted items stay 30 days." />
        </WhenLoaded>
      ) : (
        <>
          <p className="px-2 pb-3 text-body-sm text-fg-secondary">Deleted items stay 30 days.</p>
          <RowGrid flat label="Deleted items" rows={rows} renderRow={renderRow} />
        </>
      )}
      <PurgeQuestion asking={asking} items={items} onClose={() => setAsking(null)} />
    </Page>
  );
}

interface PurgeQuestionProps {
  asking: Asking;
  items: readonly TrashItem[];
  onClose: () => void;
}

function PurgeQuestion({ asking, items, onClose }: PurgeQuestionProps) {
  const replica = useReplica();
  const { announcer } = useNotices();
  if (asking === null) return null;
  if (asking === 'empty') {
    return (
      <AlertDialog
        title="Empty Trash?"
        confirmLabel="Delete for good"
        onClose={onClose}
        onConfirm={() => {
          emptyTrash(replica, items);
          announcer.announce('Trash emptied.');
        }}
      >
        {items.length === 1 ? 'One item is' : `${items.length} items are`} deleted for good. This cannot be undone.
      </AlertDialog>
    );
  }
  return (
    <AlertDialog
      title={`Delete this ${asking.kind} for good?`}
      confirmLabel="Delete for good"
      onClose={onClose}
      onConfirm={() => {
        purgeItem(replica, asking);
        announcer.announce('Deleted for good.');
      }}
    >
      <strong className="font-semibold text-fg">{asking.name}</strong>
      {asking.contains > 0
        ? ` and ${asking.contains === 1 ? 'the task' : `${asking.contains} tasks`} in it are`
        : ' is'}{' '}
      removed from this server. This cannot be undone.
    </AlertDialog>
  );
}
