import { useEffect, useSyncExternalStore } from 'react';

/** Code that is fetched when it is first wanted; until then whoever uses it does without. */
export class LazyModule<M> {
  readonly #import: () => Promise<M>;
  readonly #listeners = new Set<() => void>();
  #loading: Promise<M> | null = null;
  #module: M | null = null;

  constructor(load: () => Promise<M>) {
    this.#import = load;
  }

  readonly get = (): M | null => this.#module;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A failure is not remembered: whoever asks next tries again. */
  readonly load = (): Promise<M> => {
    this.#loading ??= this.#import().then(
      (module) => {
        this.#module = module;
        for (const listener of this.#listeners) listener();
        return module;
      },
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  };
}

/** The module as soon as it is here; null until then. */
export function useLazyModule<M>(lazy: LazyModule<M>): M | null {
  useEffect(() => void lazy.load().catch(() => undefined), [lazy]);
  return useSyncExternalStore(lazy.subscribe, lazy.get);
}
