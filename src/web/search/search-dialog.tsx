import { X } from 'lucide-react';
import { useState } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '#web/ui/icon-button.tsx';
import { useFocusReturn } from '#web/ui/use-focus-return.ts';
import { SearchPanel } from './search-panel.tsx';

/** Search over whatever is open; a whole screen on a phone. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  useFocusReturn();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="dialog-scrim search-scrim"
    >
      <Modal className="dialog search-dialog">
        <AriaDialog aria-label="Search" className="flex max-h-full min-h-0 min-w-0 flex-1 flex-col outline-none">
          <DialogPanel onClose={onClose} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Has the text, so that the layers around it do not measure the window with every letter. */
function DialogPanel({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  return (
    <SearchPanel
      text={text}
      onText={setText}
      onDone={onClose}
      aside={<IconButton label="Close" keys="Escape" icon={<X className="size-4" />} onClick={onClose} />}
    />
  );
}
