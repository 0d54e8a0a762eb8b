import { ChevronLeft, PanelLeftOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '#web/link.tsx';
import { usePageTitle } from '#web/navigation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { useShell } from '#web/ui/shell-context.ts';

export interface PageHeaderProps {
  /** Empty while it is not known which page it will be. */
  title: string;
  /** Before the title, for example the colour of a project. */
  icon?: ReactNode;
  /** Beside the title, for example a count. */
  aside?: ReactNode;
  /** At the end of the line. */
  actions?: ReactNode;
  /** Where the page belongs, on a phone: the way back stands before the title. */
  back?: { readonly href: string; readonly label: string };
}

/** Names the page, and brings the sidebar back where it is hidden. */
export function PageHeader({ title, icon, aside, actions, back }: PageHeaderProps) {
  const { layout, sidebarShown, toggleSidebar } = useShell();
  usePageTitle(title);
  return (
    <header className="page-header">
      {layout === 'phone' || sidebarShown ? null : (
        <IconButton
          label="Show sidebar"
          keys="m"
          icon={<PanelLeftOpen className="size-4.5" />}
          onClick={toggleSidebar}
        />
      )}
      <div className="page-header-line">
        {back === undefined ? null : (
          <Link href={back.href} aria-label={back.label} className="page-back">
            <ChevronLeft aria-hidden="true" className="size-5" />
          </Link>
        )}
        {icon === undefined ? null : <span className="grid size-5 shrink-0 place-items-center">{icon}</span>}
        {title === '' ? null : <h1 className="min-w-0 truncate text-title">{title}</h1>}
        {aside}
        <span className="ml-auto flex shrink-0 items-center gap-1">{actions}</span>
      </div>
    </header>
  );
}
