interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 6;
const EDGE = 8;

/** Centred under the anchor, above it where there is no room below, never beyond the window's edges. */
export function tooltipPosition(
  anchor: Box,
  tip: Pick<Box, 'width' | 'height'>,
  viewport: { readonly width: number; readonly height: number } = { width: innerWidth, height: innerHeight },
): { left: number; top: number } {
  const centred = anchor.left + anchor.width / 2 - tip.width / 2;
  const below = anchor.bottom + GAP;
  const fits = below + tip.height <= viewport.height - EDGE;
  return {
    left: Math.round(Math.max(EDGE, Math.min(centred, viewport.width - tip.width - EDGE))),
    top: Math.round(fits ? below : Math.max(EDGE, anchor.top - GAP - tip.height)),
  };
}
