import { useReplica, useRow } from '#web/replica/use-query.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { MenuOverlay } from '#web/ui/menu-overlay.tsx';
import type { LayerProps } from '#web/ui/menu.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { projectMenu } from './project-menu.tsx';

export interface ProjectMenuOverlayProps extends LayerProps {
  projectId: string;
}

export function ProjectMenuOverlay({ projectId, ...layer }: ProjectMenuOverlayProps) {
  const replica = useReplica();
  const dialogs = useDialogs();
  const { toasts } = useNotices();
  const project = useRow('project', projectId);
  if (!project) return null;
  const say = (message: string) => void toasts.show({ message });
  return <MenuOverlay {...layer} sections={projectMenu(project, { replica, dialogs, say })} />;
}
