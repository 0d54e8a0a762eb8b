import { Ellipsis } from 'lucide-react';
import { useReplica } from '#web/replica/use-query.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { MenuButton } from '#web/ui/menu.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { projectMenu } from './project-menu.tsx';

export interface ProjectMenuButtonProps {
  projectId: string;
  name: string;
  size?: 'sm' | 'md';
}

export function ProjectMenuButton({ projectId, name, size = 'sm' }: ProjectMenuButtonProps) {
  const replica = useReplica();
  const dialogs = useDialogs();
  const { toasts } = useNotices();
  return (
    <MenuButton
      label={`Actions for ${name}`}
      size={size}
      icon={<Ellipsis className="size-4" />}
      sections={() => {
        const project = replica.get('project', projectId);
        if (!project) return [];
        return projectMenu(project, { replica, dialogs, say: (message) => void toasts.show({ message }) });
      }}
    />
  );
}
