import type { Swatch } from './swatches.ts';

export function ColorDot({ color }: { color: Swatch }) {
  return (
    <span
      aria-hidden="true"
      data-color={color}
      className="inline-block size-2 shrink-0 rounded-full bg-swatch forced-colors:border"
    />
  );
}
