import { Ellipsis } from 'lucide-react';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { LayerButton } from '#web/ui/menu.tsx';

export const LabelMenu = lazyLayer(() => import('./label-menu-overlay.tsx').then((module) => module.LabelMenuOverlay));

export function LabelMenuButton({ labelId, name }: { labelId: string; name: string }) {
  return (
    <LayerButton
      size="sm"
      label={`Actions for label ${name}`}
      icon={<Ellipsis className="size-4" />}
      preload={LabelMenu.preload}
      layer={(props) => <LabelMenu {...props} labelId={labelId} />}
    />
  );
}
