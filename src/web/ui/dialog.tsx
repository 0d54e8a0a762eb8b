import { lazyLayer } from './lazy-part.tsx';

/** Modal, open for as long as it is rendered. Escape, the scrim and the close button all call `onClose`. */
export const Dialog = lazyLayer(() => import('./dialog-overlay.tsx').then((module) => module.DialogOverlay));

export const AlertDialog = lazyLayer(() => import('./dialog-overlay.tsx').then((module) => module.AlertDialogOverlay));
