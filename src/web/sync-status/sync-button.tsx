import { clsx } from 'clsx';
import { CloudOff, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { type SyncTone, troubleWords } from './sync-words.ts';
import { useStorageTrouble } from './use-storage-trouble.ts';
import { useShownStatus } from './use-shown-status.ts';

/** Fetched with the overlays, behind the first screen. */
export const SyncDetails = lazyLayer(
  () => import('./sync-details.tsx').then((module) => module.SyncDetails),
  <div className="sync-details" />,
);

/** A dot that grows words when there is something to tell; opens what it is about. */
export function SyncButton() {
  const words = troubleWords(useShownStatus(), useStorageTrouble());
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  return (
    <>
      <button
        ref={ref}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={`Synchronisation: ${words.sentence}`}
        data-tooltip={words.sentence}
        onPointerEnter={Popover.preload}
        onFocus={Popover.preload}
        onClick={() => setOpen(true)}
        className={clsx(
          'inline-flex h-7 items-center justify-center gap-1.5 rounded-md text-meta font-medium whitespace-nowrap hover:bg-pressed aria-expanded:bg-pressed coarse:h-11 coarse:min-w-touch',
          words.text === '' ? 'w-7 shrink-0' : 'min-w-0 px-2',
          tones[words.tone],
        )}
      >
        <StatusMark tone={words.tone} />
        {words.text === '' ? null : <span className="truncate tabular-nums">{words.text}</span>}
      </button>
      {open ? (
        <Popover label="Synchronisation" anchor={ref} onClose={close}>
          <SyncDetails onClose={close} />
        </Popover>
      ) : null}
    </>
  );
}

const tones: Record<SyncTone, string> = {
  quiet: 'text-fg-tertiary',
  busy: 'text-fg-secondary',
  warn: 'text-warn-fg',
  danger: 'text-danger-fg',
};

function StatusMark({ tone }: { tone: SyncTone }) {
  if (tone === 'warn') return <CloudOff aria-hidden="true" className="size-4 shrink-0" />;
  if (tone === 'danger') return <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />;
  return (
    <span
      aria-hidden="true"
      className={clsx('size-2 rounded-full', tone === 'busy' ? 'bg-accent' : 'bg-line-strong opacity-60')}
    />
  );
}
