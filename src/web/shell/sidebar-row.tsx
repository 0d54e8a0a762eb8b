import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Count } from '#web/ui/pill.tsx';
import { useShell } from '#web/ui/shell-context.ts';

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

/** A line of the sidebar: a real link, with what can be done to its target beside it. */
export function SidebarRow(props: SidebarRowProps) {
  const { href, icon, label, current, count = 0, overdue = 0, keys, indent = 0, tree = false } = props;
  const { closeDrawer } = useShell();
  return (
    <div
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
        <span className="sidebar-icon">{icon}</span>
        <span className="min-w-0 flex-1 truncate">{label}</span>
        <Counts count={count} overdue={overdue} yields={props.actions !== undefined} />
      </Link>
      {props.actions === undefined ? null : <span className="sidebar-actions">{props.actions}</span>}
    </div>
  );
}

function Counts({ count, overdue, yields }: { count: number; overdue: number; yields: boolean }) {
  if (count === 0 && overdue === 0) return null;
  return (
    <span className={clsx('flex shrink-0 items-center gap-1.5', yields && 'sidebar-count')}>
      {overdue > 0 ? (
        <>
          <span className="sr-only">, </span>
          <Count value={overdue} tone="danger" />
          <span className="sr-only"> overdue</span>
        </>
      ) : null}
      {count > 0 ? (
        <>
          <span className="sr-only">, </span>
          <Count value={count} />
          <span className="sr-only"> open</span>
        </>
      ) : null}
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
