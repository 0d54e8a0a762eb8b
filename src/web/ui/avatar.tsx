import { clsx } from 'clsx';
import { swatchFor } from './swatches.ts';

export interface AvatarProps {
  name: string;
  size?: 'sm' | 'md' | 'lg';
  /** Where the name stands beside it. */
  decorative?: boolean;
}

export function Avatar({ name, size = 'md', decorative = false }: AvatarProps) {
  return (
    <span
      data-color={swatchFor(name)}
      role={decorative ? undefined : 'img'}
      aria-label={decorative ? undefined : name}
      aria-hidden={decorative || undefined}
      data-initials={initials(name)}
      className={clsx(
        'avatar inline-grid shrink-0 place-items-center rounded-full bg-swatch-tint font-semibold text-swatch-fg select-none forced-colors:border',
        sizes[size],
      )}
    />
  );
}

const sizes = { sm: 'size-5 text-caption', md: 'size-7 text-caption', lg: 'size-10 text-body' };

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
