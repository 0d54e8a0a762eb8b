import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

export interface LazyOverlay<Props> {
  (props: Props): ReactNode;
  /** Starts loading, for hover, focus or idle time. */
  readonly preload: () => void;
}

/** An overlay in a chunk of its own: no overlay code on first paint, and none to wait for once intent shows. */
export function lazyOverlay<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyOverlay<Props> {
  let loading: Promise<{ default: ComponentType<Props> }> | null = null;
  const loadOnce = () => {
    loading ??= load().then(
      (component) => ({ default: component }),
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  };
  const Lazy = lazy(loadOnce);
  const Overlay = (props: Props) => (
    <Suspense fallback={null}>
      <Lazy {...props} />
    </Suspense>
  );
  // Failing to load ahead of time is not an error yet: opening tries again.
  return Object.assign(Overlay, { preload: () => void loadOnce().catch(() => undefined) });
}
