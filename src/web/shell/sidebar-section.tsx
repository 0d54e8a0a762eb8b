import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useFold } from './sidebar-folds.ts';

export interface SidebarSectionProps {
  /** Names the section on this device, to remember whether it is closed. */
  name: string;
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled group of the sidebar that can be closed. */
export function SidebarSection({ name, title, actions, children }: SidebarSectionProps) {
  const [closed, setClosed] = useFold(`section ${name}`);
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col">
      <div className="group/row sidebar-heading">
        <h2 id={id} className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={!closed}
            onClick={() => setClosed(!closed)}
            className="sidebar-heading-button"
          >
            <span className="truncate">{title}</span>
            <ChevronRight
              aria-hidden="true"
              className={clsx('size-3.5 transition-transform', closed ? 'opacity-100' : 'sidebar-chevron rotate-90')}
            />
          </button>
        </h2>
        {actions === undefined ? null : <span className="sidebar-heading-actions">{actions}</span>}
      </div>
      {closed ? null : <ul className="flex flex-col gap-px">{children}</ul>}
    </section>
  );
}
