import { CalendarClock } from 'lucide-react';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { LayerButton } from '#web/ui/menu.tsx';
import type { TaskView } from './task-view.ts';

export const OverdueMenuLayer = lazyLayer(() =>
  import('./overdue-menu-overlay.tsx').then((module) => module.OverdueMenuOverlay),
);

/** Opens what can be done with all overdue tasks. */
export function OverdueMenu({ view, group }: { view: TaskView; group: string }) {
  return (
    <LayerButton
      size="sm"
      label="Reschedule overdue tasks"
      icon={<CalendarClock className="size-4" />}
      preload={OverdueMenuLayer.preload}
      layer={(props) => <OverdueMenuLayer {...props} view={view} group={group} />}
    />
  );
}
