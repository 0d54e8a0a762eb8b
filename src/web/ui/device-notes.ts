/** The part of localStorage that is used. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Small things that this browser remembers, each under a name. Nothing here throws: where the browser blocks or fills
 * its storage, what was to be remembered lasts as long as the page.
 */
export class DeviceNotes {
  readonly #open: () => KeyValueStorage | null;

  /** Where storage is blocked, already looking at it throws. */
  constructor(open: () => KeyValueStorage | null) {
    this.#open = open;
  }

  read(name: string): string | null {
    try {
      return this.#open()?.getItem(name) ?? null;
    } catch {
      return null;
    }
  }

  /** Null also for what is no JSON. Whoever reads it checks its shape: other versions of the app write here too. */
  readJson(name: string): unknown {
    try {
      return JSON.parse(this.read(name) ?? 'null');
    } catch {
      return null;
    }
  }

  /** Null removes it. */
  write(name: string, value: string | null): void {
    try {
      if (value === null) this.#open()?.removeItem(name);
      else this.#open()?.setItem(name, value);
    } catch {
      // Full or blocked.
    }
  }

  names(): string[] {
    try {
      return Object.keys(this.#open() ?? {});
    } catch {
      return [];
    }
  }
}

export const deviceNotes = new DeviceNotes(() => localStorage);
