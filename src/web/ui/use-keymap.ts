import { createContext, use, useEffect } from 'react';
import type { KeyAction, Keymap } from './keymap.ts';

export const KeymapContext = createContext<Keymap | null>(null);

/** Offers actions for as long as the caller is mounted. Memoise the array. */
export function useKeyActions(actions: readonly KeyAction[]): void {
  const keymap = use(KeymapContext);
  if (!keymap) throw new Error('useKeyActions needs a KeymapContext');
  useEffect(() => keymap.register(actions), [keymap, actions]);
}

/** Starts the one listener of the app. */
export function useKeymapListener(keymap: Keymap): void {
  useEffect(() => {
    document.addEventListener('keydown', keymap.handle);
    return () => document.removeEventListener('keydown', keymap.handle);
  }, [keymap]);
}
