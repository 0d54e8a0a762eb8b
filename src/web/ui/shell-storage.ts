import { deviceNotes } from './device-notes.ts';

export interface ShellPreferences {
  readonly sidebarWidth: number;
  readonly detailWidth: number;
  readonly sidebarCollapsed: boolean;
}

export const sidebarWidths = { min: 220, initial: 264, max: 360 } as const;
export const detailWidths = { min: 380, initial: 440, max: 640 } as const;

const STORAGE_KEY = 'tend.shell';
const initial: ShellPreferences = {
  sidebarWidth: sidebarWidths.initial,
  detailWidth: detailWidths.initial,
  sidebarCollapsed: false,
};

/** Sizes belong to the device, so they live here and not in the account. */
export function readShellPreferences(): ShellPreferences {
  const stored = deviceNotes.readJson(STORAGE_KEY);
  if (typeof stored !== 'object' || stored === null) return initial;
  const { sidebarWidth, detailWidth, sidebarCollapsed } = stored as Record<string, unknown>;
  return {
    sidebarWidth: clamp(sidebarWidth, sidebarWidths),
    detailWidth: clamp(detailWidth, detailWidths),
    sidebarCollapsed: sidebarCollapsed === true,
  };
}

export function storeShellPreferences(preferences: ShellPreferences): void {
  deviceNotes.write(STORAGE_KEY, JSON.stringify(preferences));
}

function clamp(value: unknown, limits: { min: number; initial: number; max: number }): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return limits.initial;
  return Math.min(limits.max, Math.max(limits.min, value));
}
