import { Ellipsis } from 'lucide-react';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { LayerButton } from '#web/ui/menu.tsx';

export const ProjectMenu = lazyLayer(() =>
  import('./project-menu-overlay.tsx').then((module) => module.ProjectMenuOverlay),
);

export interface ProjectMenuButtonProps {
  projectId: string;
  name: string;
  size?: 'sm' | 'md';
}

export function ProjectMenuButton({ projectId, name, size = 'sm' }: ProjectMenuButtonProps) {
  return (
    <LayerButton
      label={`Actions for ${name}`}
      size={size}
      icon={<Ellipsis className="size-4" />}
      preload={ProjectMenu.preload}
      layer={(props) => <ProjectMenu {...props} projectId={projectId} />}
    />
  );
}
