import { Ellipsis } from 'lucide-react';
import { lazyLayer } from '#web/ui/lazy-part.tsx';
import { LayerButton } from '#web/ui/menu.tsx';

const FilterMenu = lazyLayer(() => import('./filter-menu-overlay.tsx').then((module) => module.FilterMenuOverlay));

export function FilterMenuButton({ filterId, name }: { filterId: string; name: string }) {
  return (
    <LayerButton
      size="sm"
      label={`Actions for filter ${name}`}
      icon={<Ellipsis className="size-4" />}
      preload={FilterMenu.preload}
      layer={(props) => <FilterMenu {...props} filterId={filterId} />}
    />
  );
}
