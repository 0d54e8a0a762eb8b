import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { type OverlayAnchor, OverlaySurface, type Placement } from './overlay-surface.tsx';

export interface PopoverOverlayProps {
  label: string;
  anchor: OverlayAnchor;
  placement?: Placement;
  onClose: () => void;
  children: ReactNode;
}

export function PopoverOverlay({ label, anchor, placement, onClose, children }: PopoverOverlayProps) {
  return (
    <OverlaySurface anchor={anchor} {...(placement && { placement })} onClose={onClose}>
      <Dialog aria-label={label} className="outline-none">
        {children}
      </Dialog>
    </OverlaySurface>
  );
}
