import { useSyncExternalStore } from 'react';
import { deviceNotes } from '#web/ui/device-notes.ts';

export type ThemePreference = 'system' | 'light' | 'dark' | 'contrast';
export const themePreferences: readonly ThemePreference[] = ['system', 'light', 'dark', 'contrast'];

const STORAGE_KEY = 'tend.theme';
const listeners = new Set<() => void>();
let current: ThemePreference | null = null;

export function themePreference(): ThemePreference {
  current ??= readStored();
  return current;
}

/** Stores the choice on this device and applies it in the same frame. */
export function setThemePreference(preference: ThemePreference): void {
  current = preference;
  deviceNotes.write(STORAGE_KEY, preference);
  applyTheme();
  for (const listener of listeners) listener();
}

export function useThemePreference(): ThemePreference {
  return useSyncExternalStore(subscribe, themePreference);
}

/** Follows changes of the system's scheme and contrast, and of the choice in other tabs. Returns the undo. */
export function watchTheme(): () => void {
  const queries = [matchMedia('(prefers-color-scheme: dark)'), matchMedia('(prefers-contrast: more)')];
  const handleStorage = (event: StorageEvent) => {
    if (event.key !== STORAGE_KEY) return;
    current = readStored();
    applyTheme();
    for (const listener of listeners) listener();
  };
  for (const query of queries) query.addEventListener('change', applyTheme);
  addEventListener('storage', handleStorage);
  applyTheme();
  return () => {
    for (const query of queries) query.removeEventListener('change', applyTheme);
    removeEventListener('storage', handleStorage);
  };
}

function applyTheme(): void {
  const preference = themePreference();
  const root = document.documentElement;
  const dark = preference === 'dark' || (preference !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset['theme'] = dark ? 'dark' : 'light';
  if (preference === 'contrast' || matchMedia('(prefers-contrast: more)').matches) root.dataset['contrast'] = 'high';
  else delete root.dataset['contrast'];
  const meta = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]');
  if (meta) meta.content = dark ? '#101210' : '#f3f5f2';
}

function readStored(): ThemePreference {
  const stored = deviceNotes.read(STORAGE_KEY);
  return themePreferences.find((preference) => preference === stored) ?? 'system';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
