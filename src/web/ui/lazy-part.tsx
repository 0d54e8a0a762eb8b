import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { MissingCode } from './missing-code.ts';

export interface LazyPart<Props> {
  (props: Props): ReactNode;
  /** Starts loading, for hover, focus or idle time. */
  readonly preload: () => void;
}

/**
 * A part of the screen in a chunk of its own: nothing of it on first paint, and nothing to wait for once intent shows.
 * What has been loaded is rendered at once: React's `lazy` alone would first show the fallback, and may then hold the
 * rest back for 300 ms. Without its code `missing` is rendered in its place, or the error goes to whoever catches it.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode = null,
  missing?: ComponentType<Props>,
): LazyPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<{ default: ComponentType<Props> }> | null = null;
  const loadOnce = () => {
    loading ??= load().then(
      (component) => {
        loaded = component;
        return { default: component };
      },
      (error: unknown) => {
        // Asking again tries again.
        loading = null;
        Lazy = lazy(loadOnce);
        if (missing) return { default: missing };
        throw error;
      },
    );
    return loading;
  };
  let Lazy = lazy(loadOnce);
  const Part = (props: Props) => {
    // One choice for as long as it is shown: another component in this place would begin anew.
    const [Component] = useState<ComponentType<Props>>(() => loaded ?? Lazy);
    return (
      <Suspense fallback={fallback}>
        <Component {...props} />
      </Suspense>
    );
  };
  // Failing to load ahead of time is not an error yet: opening tries again.
  return Object.assign(Part, { preload: () => void loadOnce().catch(() => undefined) });
}

interface LayerProps {
  readonly onClose?: () => void;
}

/** The same for what opens over the screen: without its code it closes again, and the person is told why. */
export function lazyLayer<Props extends LayerProps>(
  load: () => Promise<ComponentType<Props>>,
  fallback?: ReactNode,
): LazyPart<Props> {
  return lazyPart<Props>(load, fallback, MissingLayer);
}

function MissingLayer({ onClose }: LayerProps) {
  useEffect(() => {
    reportError(new MissingCode());
    onClose?.();
  }, [onClose]);
  return null;
}
