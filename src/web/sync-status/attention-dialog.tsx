import { CircleCheck } from 'lucide-react';
import { type FocusEventHandler, useEffect, useRef } from 'react';
import type { Query } from '#web/replica/live-query.ts';
import { useLiveIds, useRejected, useReplica } from '#web/replica/use-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { type AttentionGroup, attentionGroups } from './attention-groups.ts';
import { AttentionItem } from './attention-item.tsx';
import { attemptMemoryOf } from './attempt-memory.ts';
import { useAttentionActions } from './use-attention-actions.ts';
import './sync-status.css';

const projects: Query<'project'> = { kind: 'project' };

/** Changes that the server refused, until the person has decided about each. */
export function AttentionDialog({ onClose }: { onClose: () => void }) {
  const rejected = useRejected();
  const replica = useReplica();
  const boxRef = useRef<HTMLDivElement>(null);
  // The server may refuse a change before it tells that the project is gone.
  const here = new Set(useLiveIds(projects));
  const groups = attentionGroups(
    rejected,
    (uid) => attemptMemoryOf(replica).of(uid),
    (projectId) => here.has(projectId),
  );
  const noteFocus = useKeptFocus(boxRef, groups.map(({ key, items }) => `${key} ${items.length}`).join());
  return (
    <Dialog title="Needs attention" size="wide" onClose={onClose}>
      <div ref={boxRef} onFocus={noteFocus} className="flex flex-col gap-3">
        {groups.length === 0 ? (
          <EmptyState
            icon={<CircleCheck className="size-6" />}
            title="Nothing needs attention."
            actions={<Button onClick={onClose}>Close</Button>}
          />
        ) : (
          <p className="text-body-sm text-pretty text-fg-secondary">
            The server refused these changes, so they were turned back. What you wrote is kept here until you decide.
          </p>
        )}
        {groups.map((group) => (
          <Group key={group.key} group={group} onClose={onClose} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ group: { lostProject, items }, onClose }: { group: AttentionGroup; onClose: () => void }) {
  const { saveAll, keepServerForAll, hasCopies, ...actions } = useAttentionActions(onClose);
  const single = lostProject === null || items.length === 1;
  return (
    <section
      aria-label={lostProject === null ? 'Refused change' : `Changes in ${lostProject}`}
      className="attention-group"
    >
      {lostProject === null ? null : (
        <h3 className="text-body font-semibold text-pretty">
          You no longer have access to “{lostProject}”.{' '}
          {single ? null : (
            <span className="font-normal text-fg-secondary">{items.length} changes did not reach it.</span>
          )}
        </h3>
      )}
      <ul className="flex flex-col gap-3">
        {items.map((mutation) => (
          <AttentionItem key={mutation.uid} mutation={mutation} told={lostProject !== null} {...actions} />
        ))}
      </ul>
      {single ? null : (
        <div className="attention-actions border-t border-line pt-3">
          {hasCopies(items) ? (
            <Button size="sm" onClick={() => saveAll(items)}>
              Save copies of all texts to Inbox
            </Button>
          ) : null}
          <Button size="sm" onClick={() => keepServerForAll(items)}>
            Keep server version of all
          </Button>
        </div>
      )}
    </section>
  );
}

/**
 * Buttons that had focus go with what was decided or told anew. The same change takes it again where it is still
 * listed, by the same button; else the one in its place, or what is left of the dialog.
 */
function useKeptFocus(boxRef: { readonly current: HTMLElement | null }, shown: string): FocusEventHandler {
  const last = useRef({ uid: '', index: 0, button: '' });
  useEffect(() => {
    const box = boxRef.current;
    if (!box || document.activeElement !== document.body) return;
    const { uid, index, button } = last.current;
    const items = itemsOf(box);
    const same = items.find((item) => item.dataset['attentionItem'] === uid);
    const next = same ?? items[Math.min(index, items.length - 1)] ?? box;
    const buttons = [...next.querySelectorAll<HTMLElement>('button')];
    (buttons.find((each) => same && each.textContent === button) ?? buttons[0])?.focus();
  }, [boxRef, shown]);
  return ({ target }) => {
    const items = boxRef.current ? itemsOf(boxRef.current) : [];
    const index = Math.max(
      0,
      items.findIndex((item) => item.contains(target)),
    );
    last.current = { uid: items[index]?.dataset['attentionItem'] ?? '', index, button: target.textContent };
  };
}

function itemsOf(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('[data-attention-item]')];
}
