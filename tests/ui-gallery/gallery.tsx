import './gallery.css';
import { createRoot } from 'react-dom/client';
import { watchTheme } from '#web/theme/theme.ts';
import { TooltipLayer } from '#web/ui/tooltip-layer.tsx';
import { ComponentsScene } from './components-scene.tsx';
import { ListScene } from './list-scene.tsx';
import { OverlaysScene } from './overlays-scene.tsx';

const scene = new URLSearchParams(location.search).get('scene');
watchTheme();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <>
    {scene === 'list' ? <ListScene /> : scene === 'overlays' ? <OverlaysScene /> : <ComponentsScene />}
    <TooltipLayer />
  </>,
);
