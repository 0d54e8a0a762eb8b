import type { Keymap } from './ui/keymap.ts';
import { KeymapHint } from './ui/keymap-hint.tsx';
import type { ToastQueue } from './ui/toast-queue.ts';
import { ToastRegion } from './ui/toast-region.tsx';
import { TooltipLayer } from './ui/tooltip-layer.tsx';

export interface LayersProps {
  keymap: Keymap;
  toasts: ToastQueue;
}

/** What lies over everything and shows nothing at first. */
export function Layers({ keymap, toasts }: LayersProps) {
  return (
    <>
      <KeymapHint keymap={keymap} />
      <ToastRegion queue={toasts} />
      <TooltipLayer />
    </>
  );
}
