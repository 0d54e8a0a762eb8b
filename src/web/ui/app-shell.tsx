import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
import { LazyModule, useLazyModule } from './lazy-module.ts';
import type { PanelResizerProps } from './panel-resizer.tsx';
import { watchRegions } from './regions.ts';
import { ShellContext } from './shell-context.ts';
import { detailWidths, sidebarWidths } from './shell-storage.ts';
import { useShellState } from './use-shell-state.ts';

export interface AppShellProps {
  sidebar: ReactNode;
  main: ReactNode;
  /** The open task; null closes the panel. */
  detail: ReactNode;
  detailLabel: string;
  /** Shown below 640 px only. */
  tabBar: ReactNode;
}

/**
 * Layout only. From 1024 px: sidebar, main, detail side by side. From 640 px: sidebar as a drawer, detail over the
 * main column. Below: tab bar at the bottom, detail as a full-height sheet. The slots stay mounted across sizes.
 */
export function AppShell({ sidebar, main, detail, detailLabel, tabBar }: AppShellProps) {
  const sidebarRef = useRef<HTMLElement>(null);
  const { shell, preferences, drawerOpen, resize } = useShellState(sidebarRef);
  const { layout } = shell;
  const hasDetail = detail !== null && detail !== undefined && detail !== false;
  const sheetOpen = layout === 'phone' && hasDetail;
  useEffect(watchRegions, []);

  const widths: CSSProperties & Record<`--${string}`, string> = {
    '--sidebar-width': `${preferences.sidebarWidth}px`,
    '--detail-width': `${preferences.detailWidth}px`,
  };

  return (
    <ShellContext value={shell}>
      <div
        className="app-shell"
        style={widths}
        data-collapsed={layout === 'desktop' && preferences.sidebarCollapsed ? '' : undefined}
        data-drawer={drawerOpen ? 'open' : 'closed'}
      >
        <aside
          ref={sidebarRef}
          aria-label="Sidebar"
          data-region="sidebar"
          tabIndex={-1}
          inert={sheetOpen || (layout !== 'desktop' && !drawerOpen)}
          className="app-shell-sidebar"
        >
          {sidebar}
          {layout === 'desktop' && !preferences.sidebarCollapsed ? (
            <LaterResizer
              label="Sidebar width"
              width={preferences.sidebarWidth}
              {...sidebarWidths}
              panelSide="start"
              onResize={(sidebarWidth, settled) => resize({ sidebarWidth }, settled)}
            />
          ) : null}
        </aside>
        <div className="app-shell-scrim" aria-hidden="true" onClick={shell.closeDrawer} />
        <main id="main" data-region="main" tabIndex={-1} inert={drawerOpen || sheetOpen} className="app-shell-main">
          {main}
        </main>
        {hasDetail ? (
          <section
            aria-label={detailLabel}
            role={sheetOpen ? 'dialog' : 'complementary'}
            aria-modal={sheetOpen || undefined}
            data-region="detail"
            tabIndex={-1}
            inert={drawerOpen}
            className="app-shell-detail"
          >
            {detail}
            {layout === 'desktop' ? (
              <LaterResizer
                label="Detail width"
                width={preferences.detailWidth}
                {...detailWidths}
                panelSide="end"
                onResize={(detailWidth, settled) => resize({ detailWidth }, settled)}
              />
            ) : null}
          </section>
        ) : null}
        {layout === 'phone' && tabBar ? (
          <div inert={drawerOpen || sheetOpen} className="app-shell-tab-bar">
            {tabBar}
          </div>
        ) : null}
      </div>
    </ShellContext>
  );
}

/** Lies over the edge of its panel, so that nothing moves when it comes. */
const resizerCode = new LazyModule(() => import('./panel-resizer.tsx'));

function LaterResizer(props: PanelResizerProps) {
  const code = useLazyModule(resizerCode);
  return code && <code.PanelResizer {...props} />;
}
