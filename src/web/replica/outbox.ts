import type { PendingMutation } from '#core/sync/protocol.ts';
import {
  changeOutbox,
  emptyOutbox,
  type NewMutation,
  type OutboxChange,
  type OutboxState,
  rejectedOf,
  type RejectedMutation,
} from './outbox-state.ts';

export type { OutboxState, RejectedMutation } from './outbox-state.ts';

/** Keeps the outbox of one account. Calls take effect in their order, each as a whole. */
export interface OutboxStorage {
  read(): OutboxState | null;
  /** Whether nothing can be kept at the moment. What is made meanwhile is sent all the same. */
  isFailing(): boolean;
  /** `kept` is called with the number that the mutation got, once it would survive the end of the page. */
  append(mutation: NewMutation, kept: (seq: number) => void): void;
  /** `done` is called with what is kept afterwards, which may hold more: other tabs append too. */
  change(change: OutboxChange, done: (kept: OutboxState) => void): void;
}

/** The queue of a device's own mutations, first in first out, and what became of them (docs/sync.md). */
export class Outbox {
  readonly #storage: OutboxStorage;
  /** What is kept and numbered. */
  #kept: OutboxState;
  /** Made here, and not kept yet; without a number that means anything. */
  #unkept: readonly NewMutation[] = [];
  /** Both together. */
  #state: OutboxState;
  /** Not kept and sent nevertheless, by uid: the disk refuses. Its numbers are guesses that usually come true. */
  readonly #released = new Set<string>();
  #appending = false;
  /** Changes of the numbering that are on their way to the disk: until then no number is certain. */
  #renumbering = 0;
  /** The highest number whose result has arrived. Only results move it, never a pull. */
  answered = 0;
  #settled = 0;
  /**
   * A mutation stands under a number that another one was sent under: tabs guessed while the disk was full. Until
   * whoever sends has numbered anew, what the server says of numbers tells nothing of mutations.
   */
  hasTakenNumbers = false;
  /** Called when something can be sent that could not be sent before. */
  onSendable: () => void = () => {};

  constructor(newClientId: () => string, storage: OutboxStorage | null) {
    const kept = storage?.read() ?? emptyOutbox(newClientId());
    this.#storage = storage ?? new MemoryOutbox(kept);
    this.#kept = this.#state = kept;
  }

  /** The whole queue. Numbers of what is not kept yet are guesses; `numbered` has those that count. */
  get state(): OutboxState {
    return this.#state;
  }

  get numbered(): readonly PendingMutation[] {
    return this.#kept.pending;
  }

  /** How many changes would be lost if the page ended now. */
  get unkept(): number {
    return this.#unkept.length + this.#released.size;
  }

  /** Lets out what cannot be kept: rather sent and not kept than neither. */
  release(): void {
    const released = this.#unkept.map((mutation, i) => ({ ...mutation, seq: this.#kept.next + i }));
    if (released.length === 0) return;
    this.#unkept = [];
    for (const { uid } of released) this.#released.add(uid);
    this.insert(released);
    if (!this.#appending) this.onSendable();
  }

  get unanswered(): readonly PendingMutation[] {
    if (this.#renumbering > 0) return [];
    return this.#kept.pending.filter((mutation) => mutation.seq > this.answered);
  }

  append(mutation: NewMutation): void {
    this.#unkept = [...this.#unkept, mutation];
    this.#appending = true;
    this.#storage.append(mutation, (seq) => this.#keep(mutation.uid, seq));
    if (this.#storage.isFailing()) this.release();
    this.#appending = false;
    this.#update();
  }

  /** Takes what the rows of this device now contain off the queue. A guessed number may be that of another tab's. */
  settle(last: number): void {
    this.#settled = Math.max(this.#settled, last);
    const isOwn = ({ seq, uid }: PendingMutation): boolean => seq <= this.answered || !this.#released.has(uid);
    const settled = this.#kept.pending.filter((mutation) => mutation.seq <= last && isOwn(mutation));
    const uids = settled.map(({ uid }) => uid);
    if (uids.length > 0) this.#change({ type: 'settle', clientId: this.#kept.clientId, uids });
  }

  /** Returns whether the mutation was still waiting. */
  reject(uid: string, code: string, detail: string): boolean {
    const found = this.#state.pending.find((mutation) => mutation.uid === uid);
    if (!found) return false;
    const rejected = rejectedOf(found, code, detail);
    if (this.#unkept.some((mutation) => mutation.uid === uid)) {
      this.#unkept = this.#unkept.filter((mutation) => mutation.uid !== uid);
      this.#kept = { ...this.#kept, rejected: [...this.#kept.rejected, rejected] };
    }
    this.#change({ type: 'reject', rejected });
    return true;
  }

  dismiss(uid: string): RejectedMutation | undefined {
    const found = this.#kept.rejected.find((mutation) => mutation.uid === uid);
    if (found) this.#change({ type: 'dismiss', uid });
    return found;
  }

  /** Starts as a new client. The server knows each uid, so sending again what it already has does no harm. */
  renumber(clientId: string): void {
    this.hasTakenNumbers = false;
    this.answered = this.#settled = 0;
    this.#rearrange({ type: 'renumber', from: this.#kept.clientId, clientId });
  }

  /**
   * The server went back in time and knows our mutations only up to `last`: the later ones wait again.
   * Returns false when some of them are no longer here, so that the numbers have a gap.
   */
  reinstate(last: number): boolean {
    this.answered = last;
    this.#settled = Math.min(this.#settled, last);
    this.#rearrange({ type: 'reinstate', clientId: this.#kept.clientId, last });
    return this.#kept.pending.filter(({ seq }) => seq > last).every(({ seq }, i) => seq === last + 1 + i);
  }

  // What other tabs did to the same queue

  /** Takes in mutations that another tab made and kept. */
  insert(mutations: readonly PendingMutation[]): void {
    const known = new Set(this.#kept.pending.map(({ uid }) => uid));
    const added = mutations.filter(({ uid }) => !known.has(uid));
    const past = Math.max(this.answered, this.#settled);
    const taken = new Set(this.#kept.pending.map(({ seq }) => seq));
    if (added.some(({ seq }) => seq <= past || taken.has(seq))) this.hasTakenNumbers = true;
    const pending = [...this.#kept.pending, ...added].sort((a, b) => a.seq - b.seq);
    const next = Math.max(this.#kept.next, ...added.map(({ seq }) => seq + 1));
    this.#kept = { ...this.#kept, pending, next };
    this.#update();
  }

  /** Takes in what another tab kept after a change; nothing is written. */
  mirror(change: OutboxChange): void {
    this.#kept = changeOutbox(this.#kept, change);
    this.#update();
  }

  /**
   * Takes over what the disk holds; what was not kept yet stays behind it. What the disk lost, because the browser
   * cleared it under the open page, is kept anew: the server knows each uid, so that twice does no harm.
   * `last` is the newest mutation that the rows of this tab contain: what a tab of another version of the app took off
   * the queue, on grounds of rows of its own, stays in view here until then.
   */
  adopt(kept: OutboxState, last = this.#settled): void {
    const known = new Set([...kept.pending, ...kept.sent, ...kept.rejected].map(({ uid }) => uid));
    const lost = this.#kept.pending.filter(({ uid }) => !known.has(uid));
    const isOther = kept.clientId !== this.#kept.clientId;
    const undecided = isOther ? this.#kept.rejected.filter(({ uid }) => !known.has(uid)) : [];
    if (isOther) {
      this.answered = this.#settled = 0;
      this.hasTakenNumbers = false;
    }
    this.#takeNumbers(kept, isOther);
    const mine = new Set(this.#kept.pending.map(({ uid }) => uid));
    const left = new Map(this.#kept.sent.map(({ uid, seq }) => [uid, seq]));
    // What waits again under its own number was reinstated by another tab: the server had forgotten it.
    const isTaken = ({ seq, uid }: PendingMutation): boolean =>
      left.get(uid) !== seq && (seq <= this.#settled || (seq <= this.answered && !mine.has(uid)));
    this.hasTakenNumbers ||= kept.pending.some(isTaken);
    this.#unkept = this.#unkept.filter(({ uid }) => !known.has(uid));
    const sent = new Map(kept.sent.map(({ uid, seq }) => [uid, seq]));
    const refused = new Set(kept.rejected.map(({ uid }) => uid));
    const unseen = this.#kept.pending.filter(
      ({ uid, seq }) => !isOther && seq > last && sent.get(uid) === seq && !refused.has(uid),
    );
    this.#kept = unseen.length > 0 ? { ...kept, pending: [...unseen, ...kept.pending] } : kept;
    this.#update();
    for (const { seq: _, ...mutation } of lost) this.append(mutation);
    for (const rejected of undecided) this.#change({ type: 'reject', rejected });
  }

  /** What was released and is on the disk after all has its number from there. */
  #takeNumbers(kept: OutboxState, isOther: boolean): void {
    const numbers = new Map([...kept.sent, ...kept.pending].map(({ uid, seq }) => [uid, seq]));
    const guesses = new Map([...this.#kept.sent, ...this.#kept.pending].map(({ uid, seq }) => [uid, seq]));
    const refused = new Set(kept.rejected.map(({ uid }) => uid));
    for (const uid of this.#released) {
      if (!numbers.has(uid) && !refused.has(uid)) continue;
      this.#released.delete(uid);
      if (!isOther && numbers.get(uid) !== guesses.get(uid)) this.hasTakenNumbers = true;
    }
  }

  #keep(uid: string, seq: number): void {
    this.#kept = { ...this.#kept, next: Math.max(this.#kept.next, seq + 1) };
    if (this.#released.delete(uid)) {
      this.#correct(uid, seq);
      return;
    }
    const found = this.#unkept.find((mutation) => mutation.uid === uid);
    if (!found) return;
    this.#unkept = this.#unkept.filter((mutation) => mutation !== found);
    this.insert([{ ...found, seq }]);
    // Who appends tells by itself, after the last mutation of the gesture.
    if (!this.#appending) this.onSendable();
  }

  /** What was sent under a guessed number now has its own, where the guess was wrong: then another tab has that one. */
  #correct(uid: string, seq: number): void {
    const { pending, sent } = this.#kept;
    const waiting = pending.find((mutation) => mutation.uid === uid);
    const guessed = waiting ?? sent.find((mutation) => mutation.uid === uid);
    if (guessed?.seq === seq) return;
    this.hasTakenNumbers = true;
    if (!waiting) return;
    this.#kept = { ...this.#kept, pending: pending.filter((mutation) => mutation !== waiting) };
    this.insert([{ ...waiting, seq }]);
  }

  #rearrange(change: OutboxChange): void {
    this.#renumbering++;
    this.#kept = changeOutbox(this.#kept, change);
    this.#storage.change(change, (kept) => {
      this.#renumbering--;
      if (this.#renumbering > 0) return;
      this.adopt(kept);
      this.onSendable();
    });
    this.#update();
  }

  #change(change: OutboxChange): void {
    this.#kept = changeOutbox(this.#kept, change);
    this.#storage.change(change, () => {});
    this.#update();
  }

  #update(): void {
    const { pending, next } = this.#kept;
    const guessed = this.#unkept.map((mutation, i) => ({ ...mutation, seq: next + i }));
    this.#state = guessed.length === 0 ? this.#kept : { ...this.#kept, pending: [...pending, ...guessed] };
  }
}

/** Ends with the page. */
class MemoryOutbox implements OutboxStorage {
  #state: OutboxState;

  constructor(state: OutboxState) {
    this.#state = state;
  }

  read(): OutboxState {
    return this.#state;
  }

  isFailing(): boolean {
    return false;
  }

  append(mutation: NewMutation, kept: (seq: number) => void): void {
    const seq = this.#state.next;
    this.#state = { ...this.#state, next: seq + 1, pending: [...this.#state.pending, { ...mutation, seq }] };
    kept(seq);
  }

  change(change: OutboxChange, done: (kept: OutboxState) => void): void {
    this.#state = changeOutbox(this.#state, change);
    done(this.#state);
  }
}
