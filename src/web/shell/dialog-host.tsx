import { lazyPart } from '#web/ui/lazy-part.tsx';
import type { ShellDialog } from './dialogs.ts';

/** Fetched behind the first screen. */
export const DialogLayer = lazyPart(() => import('./open-dialog.tsx').then((module) => module.OpenDialog));

export interface DialogHostProps {
  dialog: ShellDialog | null;
  onClose: () => void;
}

/** The place of the one dialog that is open. */
export function DialogHost({ dialog, onClose }: DialogHostProps) {
  return dialog === null ? null : <DialogLayer dialog={dialog} onClose={onClose} />;
}
