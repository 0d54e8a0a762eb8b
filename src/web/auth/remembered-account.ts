import type { SessionUser } from '#web/api/session.ts';

const ACCOUNT_KEY = 'tend.account';
const LIKELY_KEY = 'tend.signed-in';
const WIPE_KEY = 'tend.wipe';

/** localStorage, or null where the browser blocks it. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;

/** What this browser remembers between pages: who is signed in, and whose data is still to be removed. */
export class RememberedAccount {
  readonly #storage: KeyValueStorage;

  constructor(storage: KeyValueStorage) {
    this.#storage = storage;
  }

  /** Whose data to show before the server has answered; null when the person did not ask to be remembered. */
  get user(): SessionUser | null {
    try {
      const user = JSON.parse(this.#get(ACCOUNT_KEY) ?? 'null') as SessionUser | null;
      return typeof user?.id === 'string' && typeof user.username === 'string' ? user : null;
    } catch {
      return null;
    }
  }

  remember(user: SessionUser | null): void {
    this.#set(ACCOUNT_KEY, user && JSON.stringify(user));
  }

  /** Whether somebody is signed in, remembered or only until the browser is closed. */
  get isLikely(): boolean {
    return this.#get(LIKELY_KEY) !== null;
  }

  setLikely(likely: boolean): void {
    this.#set(LIKELY_KEY, likely ? '1' : null);
  }

  /** An account whose data is being removed. Written before, so that a removal which was cut off is done at the next start. */
  get wiping(): string | null {
    return this.#get(WIPE_KEY);
  }

  setWiping(userId: string | null): void {
    this.#set(WIPE_KEY, userId);
  }

  #get(key: string): string | null {
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #set(key: string, value: string | null): void {
    try {
      if (value === null) this.#storage?.removeItem(key);
      else this.#storage?.setItem(key, value);
    } catch {
      // Full or blocked: the next start then asks the server first.
    }
  }
}
