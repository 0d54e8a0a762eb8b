import { Flag } from 'lucide-react';
import { memo, useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { AppShell } from '#web/ui/app-shell.tsx';
import { Count, DatePill, LabelChip } from '#web/ui/pill.tsx';
import { RowGrid, type RowGridHandle } from '#web/ui/row-grid/row-grid.tsx';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import { ScrollArea } from '#web/ui/scroll-area.tsx';
import { TaskCheckbox } from '#web/ui/task-checkbox.tsx';
import { createToastQueue } from '#web/ui/toast-queue.ts';
import { ToastRegion } from '#web/ui/toast-region.tsx';
import { DetailSample, HeaderSample, SidebarSample, TabBarSample } from './list-chrome.tsx';
import { type Item, params, store } from './list-store.ts';

const toasts = createToastQueue();
Object.assign(globalThis, { galleryStore: store });

function TaskLine({ itemKey, onDone }: { itemKey: string; onDone: (key: string) => void }) {
  const item = useSyncExternalStore(store.subscribe, () => store.items.get(itemKey));
  if (!item) return null;
  return <TaskLineView item={item} onDone={onDone} />;
}

const TaskLineView = memo(function TaskLineView({ item, onDone }: { item: Item; onDone: (key: string) => void }) {
  const index = Number(item.key.slice(1));
  return (
    <div className="group flex h-full items-center gap-1 pr-2" style={{ paddingLeft: (item.level - 2) * 24 }}>
      <TaskCheckbox
        label={`Complete ${item.title}`}
        checked={item.done}
        priority={item.priority}
        repeating={index % 7 === 0}
        onChange={() => onDone(item.key)}
      />
      <span className={item.done ? 'min-w-0 flex-1 truncate text-fg-tertiary line-through' : 'min-w-0 flex-1 truncate'}>
        {item.title}
      </span>
      <span className="flex shrink-0 items-center gap-2">
        {item.label ? <LabelChip name={item.label} color={item.label} /> : null}
        {index % 4 === 1 ? <DatePill label="Fri 13 Nov" tone="overdue" /> : null}
        {index % 4 === 2 ? <DatePill label="Today 14:00" tone="today" /> : null}
        {index % 4 === 3 ? <DatePill label="Tomorrow" tone="tomorrow" icon={<Flag className="size-3.5" />} /> : null}
        {index % 4 === 0 ? <DatePill label="Tue" tone="soon" /> : null}
      </span>
    </div>
  );
});

export function ListScene() {
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string | null>(params.has('detail') ? 't2' : null);
  const gridRef = useRef<RowGridHandle>(null);
  Object.assign(globalThis, { galleryRemove: (key: string) => setRemoved((before) => new Set([...before, key])) });

  const rows = useMemo(() => {
    const list: RowSpec[] = [];
    const rowHeight = matchMedia('(pointer: coarse)').matches ? 44 : 36;
    let header = '';
    for (const [position, item] of [...store.items.values()].entries()) {
      if (position % 15 === 0) {
        header = `h${position / 15}`;
        list.push({ key: header, kind: 'header', level: 1, height: 44, expanded: !collapsed.has(header) });
      }
      if (removed.has(item.key) || collapsed.has(header)) continue;
      list.push({
        key: item.key,
        kind: 'row',
        level: item.level,
        height: rowHeight,
      });
    }
    return list;
  }, [removed, collapsed]);

  const handleDone = useCallback((key: string) => {
    store.patch(key, { done: true });
    setTimeout(() => setRemoved((before) => new Set([...before, key])), 1200);
    toasts.show({
      message: (count) => (count === 1 ? 'Task completed' : `${count} tasks completed`),
      merge: 'complete',
      action: {
        label: 'Undo',
        run: () => {
          store.patch(key, { done: false });
          setRemoved((before) => new Set([...before].filter((other) => other !== key)));
        },
      },
    });
  }, []);

  const renderRow = useCallback(
    (key: string) =>
      key.startsWith('h') ? (
        <div className="flex h-full items-end gap-2 border-b border-line px-2 pb-1.5">
          <span className="text-body-sm font-semibold">Section {Number(key.slice(1)) + 1}</span>
          <Count value={15} />
        </div>
      ) : (
        <TaskLine itemKey={key} onDone={handleDone} />
      ),
    [handleDone],
  );

  return (
    <>
      <AppShell
        sidebar={<SidebarSample />}
        main={
          <>
            <HeaderSample />
            <ScrollArea>
              <div className="mx-auto w-full max-w-list px-4 pb-16 sm:px-8">
                <RowGrid
                  ref={gridRef}
                  label="Today"
                  rows={rows}
                  renderRow={renderRow}
                  currentKey={open}
                  onAction={(key, action) => action === 'open' && setOpen(key)}
                  onToggleExpand={(key, expanded) =>
                    setCollapsed((before) => {
                      const after = new Set(before);
                      if (expanded) after.delete(key);
                      else after.add(key);
                      return after;
                    })
                  }
                />
              </div>
            </ScrollArea>
          </>
        }
        detail={open === null ? null : <DetailSample itemKey={open} onClose={() => setOpen(null)} />}
        detailLabel="Task"
        tabBar={<TabBarSample />}
      />
      <ToastRegion queue={toasts} />
    </>
  );
}
