import type { DeviceNotes } from '#web/ui/device-notes.ts';

const KEPT_MAX = 8;
/** A single letter says nothing to whoever sees it again. */
const LENGTH_MIN = 2;

/** What a person looked for lately, newest first; kept on the device, for each account apart. */
export class RecentSearches {
  readonly #notes: DeviceNotes;
  readonly #key: string;

  constructor(notes: DeviceNotes, userId: string) {
    this.#notes = notes;
    // Notes named after an account go when it signs out.
    this.#key = `tend.searches.${userId}`;
  }

  list(): readonly string[] {
    const kept = this.#notes.readJson(this.#key);
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, KEPT_MAX) : [];
  }

  add(given: string): void {
    const text = given.trim();
    if (text.length < LENGTH_MIN) return;
    this.#write([text, ...this.#without(text)]);
  }

  remove(text: string): void {
    this.#write(this.#without(text));
  }

  clear(): void {
    this.#write([]);
  }

  #without(text: string): string[] {
    const same = text.toLowerCase();
    return this.list().filter((each) => each.toLowerCase() !== same);
  }

  #write(texts: readonly string[]): void {
    this.#notes.write(this.#key, texts.length === 0 ? null : JSON.stringify(texts.slice(0, KEPT_MAX)));
  }
}
