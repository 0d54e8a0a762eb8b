import type { ReactNode } from 'react';

export interface SettingsGroupProps {
  title?: string;
  text?: ReactNode;
  children: ReactNode;
}

/** Settings that belong together. */
export function SettingsGroup({ title, text, children }: SettingsGroupProps) {
  return (
    <div className="flex flex-col gap-4">
      {title === undefined && text === undefined ? null : (
        <div className="flex flex-col gap-1">
          {title === undefined ? null : <h3 className="text-body font-semibold">{title}</h3>}
          {text === undefined ? null : <p className="text-body-sm text-pretty text-fg-secondary">{text}</p>}
        </div>
      )}
      {children}
    </div>
  );
}
