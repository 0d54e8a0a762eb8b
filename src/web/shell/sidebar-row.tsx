import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '#web/link.tsx';
import { Count } from '#web/ui/pill.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { useCameNear } from '#web/ui/use-came-near.ts';

export interface SidebarRowProps {
  href: string;
  icon: ReactNode;
  label: string;
  current: boolean;
  /** Open tasks; zero is not shown. */
  count?: number;
  /** Overdue tasks, beside the count. */
  overdue?: number;
  /** Shortcut shown in the tooltip. */
  keys?: string;
  /** Levels below the top. */
  indent?: number;
  /** Undefined when there is nothing to disclose. */
  expanded?: boolean | undefined;
  onToggle?: () => void;
  /** Shown on hover and focus. */
  actions?: ReactNode;
  /** Leaves the column of the disclosure free, so that names in a tree stand in line. */
  tree?: boolean;
}

const INDENT = 16;

/**
 * A line of the sidebar: a real link, with what can be done to its target beside it. There may be hundreds, and the
 * browser goes through what is painted of them in every frame, by far the most for each text that is cut off. So until
 * it comes near what shows, a line is its name alone.
 */
export function SidebarRow(props: SidebarRowProps) {
  const { href, icon, label, current, count = 0, overdue = 0, keys, indent = 0, tree = false } = props;
  const { closeDrawer } = useShell();
  const { ref, cameNear } = useCameNear<HTMLDivElement>();
  return (
    <div
      ref={ref}
      data-current={current || undefined}
      data-expanded={props.expanded}
      className="sidebar-row group/row"
      style={indent > 0 ? { marginInlineStart: indent * INDENT } : undefined}
    >
      {tree ? <Disclosure label={label} expanded={props.expanded} onToggle={props.onToggle} /> : null}
      <Link
        href={href}
        onClick={closeDrawer}
        aria-current={current ? 'page' : undefined}
        data-sidebar-link=""
        data-tooltip={keys === undefined ? undefined : label}
        data-tooltip-keys={keys}
        className={clsx('sidebar-link', tree && 'sidebar-link-tree')}
      >
        <span className="sidebar-icon">{cameNear ? icon : null}</span>
        <span className={clsx('min-w-0 flex-1', cameNear ? 'truncate' : 'whitespace-nowrap')}>{label}</span>
        <Counts count={count} overdue={overdue} yields={props.actions !== undefined} />
      </Link>
      {props.actions === undefined ? null : <span className="sidebar-actions">{cameNear ? props.actions : null}</span>}
    </div>
  );
}

function Counts({ count, overdue, yields }: { count: number; overdue: number; yields: boolean }) {
  if (count === 0 && overdue === 0) return null;
  return (
    <span className={clsx('flex shrink-0 items-center gap-1.5', yields && 'sidebar-count')}>
      {overdue > 0 ? <Count value={overdue} tone="danger" of="overdue" /> : null}
      {count > 0 ? <Count value={count} of="open" /> : null}
    </span>
  );
}

interface DisclosureProps {
  label: string;
  expanded: boolean | undefined;
  onToggle: (() => void) | undefined;
}

function Disclosure({ label, expanded, onToggle }: DisclosureProps) {
  if (expanded === undefined) return null;
  return (
    <button
      type="button"
      aria-expanded={expanded}
      aria-label={expanded ? `Close ${label}` : `Open ${label}`}
      onClick={onToggle}
      className="sidebar-disclosure"
    >
      <ChevronRight aria-hidden="true" className={clsx('size-3.5 transition-transform', expanded && 'rotate-90')} />
    </button>
  );
}
