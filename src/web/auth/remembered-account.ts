import type { SessionUser } from '#web/api/session.ts';
import type { DeviceNotes } from '#web/ui/device-notes.ts';

const ACCOUNT_KEY = 'tend.account';
const LIKELY_KEY = 'tend.signed-in';
const WIPE_KEY = 'tend.wipe';

/** What this browser remembers between pages: who is signed in, and whose data is still to be removed. */
export class RememberedAccount {
  readonly #notes: DeviceNotes;

  constructor(notes: DeviceNotes) {
    this.#notes = notes;
  }

  /** Whose data to show before the server has answered; null when the person did not ask to be remembered. */
  get user(): SessionUser | null {
    const user = this.#notes.readJson(ACCOUNT_KEY) as SessionUser | null;
    return typeof user?.id === 'string' && typeof user.username === 'string' ? user : null;
  }

  remember(user: SessionUser | null): void {
    this.#notes.write(ACCOUNT_KEY, user && JSON.stringify(user));
  }

  /** Whether somebody is signed in, remembered or only until the browser is closed. */
  get isLikely(): boolean {
    return this.#notes.read(LIKELY_KEY) !== null;
  }

  setLikely(likely: boolean): void {
    this.#notes.write(LIKELY_KEY, likely ? '1' : null);
  }

  /** An account whose data is being removed. Written before, so that a removal which was cut off is done at the next start. */
  get wiping(): string | null {
    return this.#notes.read(WIPE_KEY);
  }

  setWiping(userId: string | null): void {
    this.#notes.write(WIPE_KEY, userId);
  }
}
