import { clsx } from 'clsx';
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Popover } from 'react-aria-components/Popover';
import { useFocusReturn } from './use-focus-return.ts';
import { useMediaQuery } from './use-media-query.ts';
import { useSheetSwipe } from './use-sheet-swipe.ts';

export type Placement = 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'left top' | 'right top';

/** What an overlay hangs on: an element, or the place of a click. */
export type OverlayAnchor = RefObject<Element | null> | { readonly x: number; readonly y: number };

export interface OverlaySurfaceProps {
  anchor: OverlayAnchor;
  placement?: Placement;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

/** Popover from 640 px, bottom sheet below. */
export function OverlaySurface({
  anchor,
  placement = 'bottom start',
  className,
  onClose,
  children,
}: OverlaySurfaceProps) {
  useFocusReturn();
  const phone = useMediaQuery('(max-width: 639.98px)');
  const handleOpenChange = (open: boolean) => {
    if (!open) onClose();
  };
  if (phone) {
    return (
      <ModalOverlay isOpen isDismissable onOpenChange={handleOpenChange} className="sheet-scrim">
        <Modal className="sheet">
          <SheetHandle onClose={onClose} />
          {children}
        </Modal>
      </ModalOverlay>
    );
  }
  return (
    <AnchorRef anchor={anchor}>
      {(triggerRef) => (
        <Popover
          isOpen
          onOpenChange={handleOpenChange}
          triggerRef={triggerRef}
          placement={placement}
          offset={4}
          containerPadding={8}
          className={clsx('popover', className)}
        >
          {children}
        </Popover>
      )}
    </AnchorRef>
  );
}

/** For fingers only: Escape and the scrim close the sheet as well. */
function SheetHandle({ onClose }: { onClose: () => void }) {
  return <div aria-hidden="true" className="sheet-handle" {...useSheetSwipe(onClose)} />;
}

/** Gives a point an element of its own to hang on. */
function AnchorRef({
  anchor,
  children,
}: {
  anchor: OverlayAnchor;
  children: (ref: RefObject<Element | null>) => ReactNode;
}) {
  const pointRef = useRef<HTMLSpanElement>(null);
  const [placed, setPlaced] = useState(false);
  useLayoutEffect(() => setPlaced(true), []);
  if ('current' in anchor) return children(anchor);
  return (
    <>
      <span ref={pointRef} aria-hidden="true" style={{ position: 'fixed', left: anchor.x, top: anchor.y }} />
      {placed ? children(pointRef) : null}
    </>
  );
}
