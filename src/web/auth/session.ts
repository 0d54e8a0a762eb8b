import { createContext, use, useSyncExternalStore } from 'react';
import { must } from '#core/errors.ts';
import type { Device } from '#web/api/device.ts';
import type { Credentials, NewAccount, SessionApi, SessionUser } from '#web/api/session.ts';
import { Observable } from '#web/replica/observable.ts';
import { type Instance, loadInstance } from './instance.ts';

/**
 * `starting`: the cookie is being tried. `unreachable`: nobody can tell who this is, and nothing is on this device.
 * A session that ends while people work stays `signed-in`, so that what they see and wrote stays; the status of
 * synchronisation then says that they are signed out.
 */
export type SessionState =
  | { readonly type: 'starting' }
  | { readonly type: 'unreachable' }
  | { readonly type: 'signed-out' }
  | { readonly type: 'signed-in'; readonly user: SessionUser; readonly device: Device };

export interface SessionOptions {
  readonly api: SessionApi;
  readonly openDevice: (api: SessionApi, user: SessionUser) => Device;
  /** Remembers on this device that somebody is signed in; null where storage is blocked. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
}

const HINT_KEY = 'tend.signed-in';

/** Who uses the app on this page, and their local database. */
export class Session {
  readonly state = new Observable<SessionState>({ type: 'starting' });
  /** Null until the server has told. */
  readonly instance = new Observable<Instance | null>(null);
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get api(): SessionApi {
    return this.#options.api;
  }

  /** Whether a session is likely: the outline of the shell is then shown before the server has answered. */
  get isLikely(): boolean {
    try {
      return (this.#options.storage?.getItem(HINT_KEY) ?? null) !== null;
    } catch {
      return false;
    }
  }

  /** Goes on with the session that the cookie holds, if there is one. */
  async start(): Promise<void> {
    this.state.set({ type: 'starting' });
    try {
      const user = await this.api.resume();
      if (user) this.#enter(user);
      else this.#leave();
    } catch {
      this.state.set({ type: 'unreachable' });
    }
  }

  /** Asks what the server offers; asked again after the first account has been made. */
  async loadInstance(): Promise<void> {
    this.instance.set(await loadInstance(this.api.http));
  }

  /** `goOn` leaves the form, in the frame in which the person is signed in. */
  async signIn(credentials: Credentials, goOn: () => void): Promise<void> {
    const user = await this.api.signIn(credentials);
    goOn();
    this.#enter(user);
  }

  async signUp(account: NewAccount, goOn: () => void): Promise<void> {
    const user = await this.api.signUp(account);
    goOn();
    this.#enter(user);
  }

  /** Ends the session here at once, and tells the server; one that is away forgets it when the cookie expires. */
  signOut(goOn: () => void): void {
    goOn();
    this.#leave();
    // What cannot be told now cannot be told later either: the cookie is out of reach of scripts.
    this.api.signOut().catch(() => undefined);
  }

  /** What the server now tells of the account. */
  updateUser(user: SessionUser): void {
    const state = this.state.get();
    if (state.type === 'signed-in') this.state.set({ ...state, user });
  }

  close(): void {
    const state = this.state.get();
    if (state.type === 'signed-in') state.device.close();
  }

  #enter(user: SessionUser): void {
    const state = this.state.get();
    this.#hint(true);
    if (state.type === 'signed-in' && state.user.id === user.id) {
      // The same person came back: what waits is sent.
      this.state.set({ ...state, user });
      state.device.sync.start();
      return;
    }
    this.close();
    this.state.set({ type: 'signed-in', user, device: this.#options.openDevice(this.api, user) });
  }

  #leave(): void {
    this.close();
    this.#hint(false);
    this.state.set({ type: 'signed-out' });
  }

  #hint(signedIn: boolean): void {
    try {
      if (signedIn) this.#options.storage?.setItem(HINT_KEY, '1');
      else this.#options.storage?.removeItem(HINT_KEY);
    } catch {
      // Storage may be blocked: the first frame is then empty.
    }
  }
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  return must(use(SessionContext), 'a component that signs in or out is inside the app');
}

export function useSessionState(): SessionState {
  const { state } = useSession();
  return useSyncExternalStore(state.subscribe, state.get);
}

/** The account of the person who is signed in. */
export function useUser(): SessionUser {
  const state = useSessionState();
  if (state.type !== 'signed-in') throw new Error('invariant: this page needs somebody to be signed in');
  return state.user;
}

/** What the server offers; null until it has told. */
export function useInstance(): Instance | null {
  const { instance } = useSession();
  return useSyncExternalStore(instance.subscribe, instance.get);
}
