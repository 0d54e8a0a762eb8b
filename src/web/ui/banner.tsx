import { clsx } from 'clsx';
import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

export type BannerTone = 'info' | 'warn' | 'danger';

export interface BannerProps {
  tone?: BannerTone;
  children: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
}

export function Banner({ tone = 'info', children, action, onDismiss }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={clsx('flex items-center gap-3 rounded-card py-2 pr-2 pl-3 text-body-sm', tones[tone])}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <div className="min-w-0 flex-1 text-pretty">{children}</div>
      {action}
      {onDismiss ? <IconButton label="Dismiss" size="sm" icon={<X className="size-4" />} onClick={onDismiss} /> : null}
    </div>
  );
}

const icons = { info: Info, warn: TriangleAlert, danger: CircleAlert };

const tones: Record<BannerTone, string> = {
  info: 'bg-info-tint text-info-fg',
  warn: 'bg-warn-tint text-warn-fg',
  danger: 'bg-danger-tint text-danger-fg',
};
