import type { ReactNode } from 'react';
import { usePageTitle } from '#web/navigation.ts';
import { Brand } from './brand.tsx';

export interface AuthLayoutProps {
  title: string;
  text?: ReactNode;
  children: ReactNode;
  /** Below the card: the way to the other form. */
  footer?: ReactNode;
  wide?: boolean;
}

/** A page outside the shell: one card in the middle. */
export function AuthLayout({ title, text, children, footer, wide = false }: AuthLayoutProps) {
  usePageTitle(title);
  return (
    <main
      data-page="document"
      className="flex min-h-dvh flex-col items-center gap-6 bg-sidebar px-4 pt-16 pb-8 sm:justify-center sm:pt-8"
    >
      <Brand />
      <div
        className={`flex w-full flex-col gap-5 rounded-popover bg-raised p-6 shadow-e2 sm:p-8 ${wide ? 'max-w-text' : 'max-w-form sm:max-w-dialog'}`}
      >
        <div className="flex flex-col gap-1">
          <h1 className="text-title text-balance">{title}</h1>
          {text === undefined ? null : <p className="text-body text-pretty text-fg-secondary">{text}</p>}
        </div>
        {children}
      </div>
      {footer === undefined ? null : <div className="text-body-sm text-fg-secondary">{footer}</div>}
    </main>
  );
}
