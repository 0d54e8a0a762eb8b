import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { useFocusReturn } from './use-focus-return.ts';

export interface DialogOverlayProps {
  title: string;
  onClose: () => void;
  /** `wide` for lists and two columns; both are full-height sheets on a phone. */
  size?: 'normal' | 'wide';
  /** Buttons at the end, the main one last. */
  actions?: ReactNode;
  children: ReactNode;
}

export function DialogOverlay({ title, onClose, size = 'normal', actions, children }: DialogOverlayProps) {
  useFocusReturn();
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className="dialog-scrim">
      <Modal className={clsx('dialog', size === 'wide' && 'dialog-wide')}>
        <AriaDialog className="flex max-h-full min-h-0 flex-1 flex-col outline-none">
          <header className="flex h-14 shrink-0 items-center gap-2 pr-3 pl-5">
            <Heading slot="title" className="min-w-0 flex-1 truncate text-title-sm">
              {title}
            </Heading>
            <IconButton label="Close" keys="Escape" icon={<X className="size-4" />} onClick={onClose} />
          </header>
          <div data-scroll-container="" className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">
            {children}
          </div>
          {actions === undefined ? null : <DialogActions>{actions}</DialogActions>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface AlertDialogOverlayProps {
  title: string;
  /** What will happen and that it cannot be undone. */
  children: ReactNode;
  /** The verb: `Delete account`. */
  confirmLabel: string;
  cancelLabel?: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Only for what cannot be undone. Focus starts on Cancel. */
export function AlertDialogOverlay(props: AlertDialogOverlayProps) {
  const { title, children, confirmLabel, cancelLabel = 'Cancel', onConfirm, onClose } = props;
  const confirmed = useRef(false);
  useFocusReturn();
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className="dialog-scrim dialog-scrim-center">
      <Modal className="dialog dialog-alert">
        <AriaDialog role="alertdialog" className="flex flex-col outline-none">
          <div className="flex flex-col gap-2 p-5">
            <Heading slot="title" className="text-title-sm">
              {title}
            </Heading>
            <div className="text-body text-fg-secondary">{children}</div>
          </div>
          <DialogActions>
            <Button autoFocus onClick={onClose}>
              {cancelLabel}
            </Button>
            <Button
              tone="danger"
              onClick={() => {
                if (confirmed.current) return;
                confirmed.current = true;
                onClose();
                onConfirm();
              }}
            >
              {confirmLabel}
            </Button>
          </DialogActions>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function DialogActions({ children }: { children: ReactNode }) {
  return (
    <footer className="flex shrink-0 flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{children}</footer>
  );
}
