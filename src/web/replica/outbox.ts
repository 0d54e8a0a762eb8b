import type { PendingMutation } from '#core/sync/protocol.ts';

/** A change that the server refused, with what the person had written, so that nothing typed is lost. */
export interface RejectedMutation {
  readonly uid: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly code: string;
  readonly detail: string;
  /** The title, name, description or comment among the arguments. */
  readonly text: string | null;
}

/** What a device must not lose before the server has it. Its arrays are replaced, never changed. */
export interface OutboxState {
  readonly clientId: string;
  /** The sequence number of the next mutation. */
  readonly next: number;
  readonly pending: readonly PendingMutation[];
  /** Acknowledged ones, kept so that a server which lost them gets them again. */
  readonly sent: readonly PendingMutation[];
  readonly rejected: readonly RejectedMutation[];
}

/** Keeps the outbox of one account of one server; called after each change. */
export interface OutboxStorage {
  read(): OutboxState | null;
  write(state: OutboxState): void;
}

const SENT_MAX = 2000;

/** The queue of a device's own mutations, first in first out, and what became of them (docs/sync.md). */
export class Outbox {
  readonly #storage: OutboxStorage | null;
  #state: OutboxState;
  /** The highest number whose result has arrived. Only results move it, never a pull. */
  answered = 0;

  constructor(newClientId: () => string, storage: OutboxStorage | null) {
    this.#storage = storage;
    this.#state = storage?.read() ?? { clientId: newClientId(), next: 1, pending: [], sent: [], rejected: [] };
  }

  get state(): OutboxState {
    return this.#state;
  }

  get unanswered(): readonly PendingMutation[] {
    return this.#state.pending.filter((mutation) => mutation.seq > this.answered);
  }

  append(mutation: Omit<PendingMutation, 'seq'>): PendingMutation {
    const { next, pending } = this.#state;
    const numbered = { ...mutation, seq: next };
    this.#change({ next: next + 1, pending: [...pending, numbered] });
    return numbered;
  }

  /** Takes what the rows of this device now contain off the queue. */
  settle(last: number): void {
    const { pending, sent } = this.#state;
    const done = pending.filter((mutation) => mutation.seq <= last);
    if (done.length === 0) return;
    this.#change({
      pending: pending.filter((mutation) => mutation.seq > last),
      sent: [...sent, ...done].slice(-SENT_MAX),
    });
  }

  /** Returns whether the mutation was still waiting. */
  reject(uid: string, code: string, detail: string): boolean {
    const { pending, sent, rejected } = this.#state;
    const found = pending.find((mutation) => mutation.uid === uid);
    if (!found) return false;
    this.#change({
      pending: pending.filter((mutation) => mutation !== found),
      sent: [...sent, found].slice(-SENT_MAX),
      rejected: [...rejected.filter((each) => each.uid !== uid), rejectedOf(found, code, detail)],
    });
    return true;
  }

  dismiss(uid: string): RejectedMutation | undefined {
    const found = this.#state.rejected.find((mutation) => mutation.uid === uid);
    if (found) this.#change({ rejected: this.#state.rejected.filter((mutation) => mutation !== found) });
    return found;
  }

  /** Starts as a new client. The server knows each uid, so sending again what it already has does no harm. */
  renumber(clientId: string): void {
    const pending = this.#state.pending.map((mutation, i) => ({ ...mutation, seq: i + 1 }));
    this.answered = 0;
    this.#change({ clientId, pending, next: pending.length + 1, sent: [] });
  }

  /**
   * The server went back in time and knows our mutations only up to `last`: the later ones wait again.
   * Returns false when some of them are no longer here, so that the numbers have a gap.
   */
  reinstate(last: number): boolean {
    const { pending, sent } = this.#state;
    const waiting = new Set(pending.map((mutation) => mutation.seq));
    const lost = sent.filter((mutation) => mutation.seq > last && !waiting.has(mutation.seq));
    const all = [...lost, ...pending].sort((a, b) => a.seq - b.seq);
    this.answered = last;
    this.#change({ pending: all, sent: sent.filter((mutation) => mutation.seq <= last) });
    return all.filter((mutation) => mutation.seq > last).every((mutation, i) => mutation.seq === last + 1 + i);
  }

  #change(change: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...change };
    this.#storage?.write(this.#state);
  }
}

const TEXT_ARGUMENTS = ['title', 'description', 'body', 'name'];

function rejectedOf(mutation: PendingMutation, code: string, detail: string): RejectedMutation {
  const { uid, name, args, at } = mutation;
  const texts = TEXT_ARGUMENTS.map((key) => args[key]).filter((value) => typeof value === 'string' && value !== '');
  return { uid, name, args, at, code, detail, text: texts.length > 0 ? texts.join('\n\n') : null };
}
