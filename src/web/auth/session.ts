import { createContext, use, useSyncExternalStore } from 'react';
import { must } from '#core/errors.ts';
import type { Device } from '#web/api/device.ts';
import type { Credentials, NewAccount, SessionApi, SessionUser, SignedIn } from '#web/api/session.ts';
import { Observable } from '#web/replica/observable.ts';
import type { DeviceNotes } from '#web/ui/device-notes.ts';
import { type Instance, loadInstance } from './instance.ts';
import { RememberedAccount } from './remembered-account.ts';

/**
 * `starting`: it is being found out who this is. `unreachable`: nobody can tell, and nothing is on this device.
 * A session that ends while people work stays `signed-in`, so that what they see and wrote stays; the status of
 * synchronisation then says that they are signed out.
 */
export type SessionState =
  | { readonly type: 'starting' }
  | { readonly type: 'unreachable' }
  | { readonly type: 'signed-out' }
  | { readonly type: 'signed-in'; readonly user: SessionUser; readonly device: Device };

export interface OpenRequest {
  readonly session: SessionApi;
  readonly user: SessionUser;
  /** Keep the data on this device, also when the browser is closed. */
  readonly keep: boolean;
  readonly onSignedOut: () => void;
}

export interface SessionOptions {
  readonly api: SessionApi;
  readonly openDevice: (request: OpenRequest) => Promise<Device>;
  /** Removes what this browser keeps of an account. */
  readonly deleteKept: (userId: string) => Promise<void>;
  readonly notes: DeviceNotes;
}

type Resumed = { readonly signedIn: SignedIn | null } | { readonly error: unknown };

/** Who uses the app on this page, and their local database. */
export class Session {
  readonly state = new Observable<SessionState>({ type: 'starting' });
  /** Null until the server has told. */
  readonly instance = new Observable<Instance | null>(null);
  readonly #options: SessionOptions;
  readonly #remembered: RememberedAccount;
  /** Counts what was begun: an answer that belongs to something older changes nothing. */
  #turn = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#remembered = new RememberedAccount(options.notes);
  }

  get api(): SessionApi {
    return this.#options.api;
  }

  /** Whether a session is likely: the outline of the shell is then shown before anything is known. */
  get isLikely(): boolean {
    return this.#remembered.isLikely;
  }

  /** Shows what this device keeps, and goes on with the session that the cookie holds, if there is one. */
  async start(): Promise<void> {
    const turn = ++this.#turn;
    this.state.set({ type: 'starting' });
    const resuming: Promise<Resumed> = this.api.resume().then(
      (signedIn) => ({ signedIn }),
      (error: unknown) => ({ error }),
    );
    await this.#finishWipe();
    const known = this.#remembered.user;
    const device = known && (await this.#open(known, true));
    if (turn !== this.#turn) {
      device?.close();
      return;
    }
    if (known && device?.hasData) this.state.set({ type: 'signed-in', user: known, device });
    const resumed = await resuming;
    if (turn !== this.#turn) {
      if (this.state.get().type !== 'signed-in') device?.close();
      return;
    }
    if ('error' in resumed) this.#goOnAlone(known, device);
    else await this.#goOn(resumed.signedIn, known, device);
  }

  /** Asks what the server offers; asked again after the first account has been made. */
  async loadInstance(): Promise<void> {
    this.instance.set(await loadInstance(this.api.http));
  }

  /** `goOn` leaves the form, in the frame in which the person is signed in. */
  async signIn(credentials: Credentials, goOn: () => void): Promise<void> {
    await this.#enter(await this.api.signIn(credentials), goOn);
  }

  async signUp(account: NewAccount, goOn: () => void): Promise<void> {
    await this.#enter(await this.api.signUp(account), goOn);
  }

  /**
   * Ends the session here at once, removes what is kept of it, and tells the other tabs and the server; a server that
   * is away forgets it when the cookie expires.
   */
  signOut(goOn: () => void): void {
    const state = this.state.get();
    goOn();
    if (state.type === 'signed-in') {
      this.#remembered.setWiping(state.user.id);
      state.device.tellSignedOut();
    }
    this.#leave();
    void this.#finishWipe();
    // What cannot be told now cannot be told later either: the cookie is out of reach of scripts.
    this.api.signOut().catch(() => undefined);
  }

  /** What the server now tells of the account. */
  updateUser(user: SessionUser): void {
    const state = this.state.get();
    if (state.type !== 'signed-in') return;
    if (this.#remembered.user) this.#remembered.remember(user);
    this.state.set({ ...state, user });
  }

  close(): void {
    this.#turn++;
    const state = this.state.get();
    if (state.type === 'signed-in') state.device.close();
  }

  /** The server told who this is. */
  async #goOn(signedIn: SignedIn | null, known: SessionUser | null, device: Device | null): Promise<void> {
    if (signedIn && device && signedIn.user.id === known?.id) {
      this.#remembered.remember(signedIn.user);
      this.#show(signedIn.user, device);
      return;
    }
    if (signedIn) {
      device?.close();
      await this.#enter(signedIn, () => {});
      return;
    }
    if (known && device && device.replica.outbox.state.pending.length > 0) {
      // Something has not been sent: it stays in view until the same person signs in.
      this.#show(known, device);
      return;
    }
    device?.close();
    this.#leave();
  }

  /** The server did not answer. What this device keeps is enough to work with. */
  #goOnAlone(known: SessionUser | null, device: Device | null): void {
    if (known && device?.hasData) this.#show(known, device);
    else {
      device?.close();
      this.state.set({ type: 'unreachable' });
    }
  }

  #show(user: SessionUser, device: Device): void {
    this.api.http.expectUser(user.id);
    this.#remembered.setLikely(true);
    this.state.set({ type: 'signed-in', user, device });
    device.goOnline();
  }

  async #enter({ user, remember }: SignedIn, goOn: () => void): Promise<void> {
    const turn = ++this.#turn;
    const state = this.state.get();
    if (state.type === 'signed-in' && state.user.id === user.id) {
      // The same person came back: what waits is sent.
      goOn();
      this.#show(user, state.device);
      return;
    }
    if (state.type === 'signed-in') state.device.close();
    // First: the page may be left before the rest is done, and the session holds already.
    this.#remembered.remember(remember ? user : null);
    const device = await this.#open(user, remember);
    if (turn !== this.#turn) {
      device.close();
      return;
    }
    goOn();
    this.#show(user, device);
  }

  #open(user: SessionUser, keep: boolean): Promise<Device> {
    const onSignedOut = (): void => this.#leave();
    return this.#options.openDevice({ session: this.api, user, keep, onSignedOut });
  }

  #leave(): void {
    this.close();
    this.api.http.expectUser(null);
    this.api.http.forget();
    this.#remembered.remember(null);
    this.#remembered.setLikely(false);
    this.state.set({ type: 'signed-out' });
  }

  async #finishWipe(): Promise<void> {
    const userId = this.#remembered.wiping;
    if (userId === null) return;
    try {
      await this.#options.deleteKept(userId);
      this.#remembered.setWiping(null);
    } catch {
      // Done at the next start.
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
