import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** One more sentence at most. */
  text?: ReactNode;
  actions?: ReactNode;
}

export function EmptyState({ icon, title, text, actions }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-form flex-col items-center gap-4 px-6 py-16 text-center">
      <span aria-hidden="true" className="grid size-14 place-items-center rounded-full bg-selected text-accent-fg">
        {icon}
      </span>
      <div className="flex flex-col gap-1">
        <p className="text-title-sm text-balance">{title}</p>
        {text === undefined ? null : <p className="text-body-sm text-balance text-fg-secondary">{text}</p>}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
