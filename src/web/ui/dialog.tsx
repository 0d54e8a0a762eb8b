import { lazyOverlay } from './lazy-overlay.tsx';

/** Modal, open for as long as it is rendered. Escape, the scrim and the close button all call `onClose`. */
export const Dialog = lazyOverlay(() => import('./dialog-overlay.tsx').then((module) => module.DialogOverlay));

export const AlertDialog = lazyOverlay(() =>
  import('./dialog-overlay.tsx').then((module) => module.AlertDialogOverlay),
);
