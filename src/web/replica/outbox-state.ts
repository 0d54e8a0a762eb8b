import type { PendingMutation } from '#core/sync/protocol.ts';

/** A mutation before it has a number. */
export type NewMutation = Omit<PendingMutation, 'seq'>;

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

/**
 * What happens to a queue, in words that hold for every copy of it: the memory of each tab and the disk.
 * `settle` and `renumber` name the client id that they were decided under, so that a tab which slept meanwhile
 * cannot apply old numbers to a new numbering.
 */
export type OutboxChange =
  /** By uid: under a number that was guessed while the disk was full, another tab's mutation may stand by now. */
  | { readonly type: 'settle'; readonly clientId: string; readonly uids: readonly string[] }
  | { readonly type: 'reject'; readonly rejected: RejectedMutation }
  | { readonly type: 'dismiss'; readonly uid: string }
  | { readonly type: 'renumber'; readonly from: string; readonly clientId: string }
  | { readonly type: 'reinstate'; readonly clientId: string; readonly last: number };

/** Mutations beyond these are no longer sent again to a server that forgot them. */
export const SENT_MAX = 2000;

export function emptyOutbox(clientId: string): OutboxState {
  return { clientId, next: 1, pending: [], sent: [], rejected: [] };
}

export function changeOutbox(state: OutboxState, change: OutboxChange): OutboxState {
  switch (change.type) {
    case 'settle':
      return change.clientId === state.clientId ? settle(state, change.uids) : state;
    case 'reject':
      return reject(state, change.rejected);
    case 'dismiss':
      return { ...state, rejected: state.rejected.filter(({ uid }) => uid !== change.uid) };
    case 'renumber':
      return change.from === state.clientId ? renumber(state, change.clientId) : state;
    case 'reinstate':
      return change.clientId === state.clientId ? reinstate(state, change.last) : state;
  }
}

function settle(state: OutboxState, uids: readonly string[]): OutboxState {
  const settled = new Set(uids);
  const done = state.pending.filter(({ uid }) => settled.has(uid));
  if (done.length === 0) return state;
  const pending = state.pending.filter(({ uid }) => !settled.has(uid));
  return { ...state, pending, sent: [...state.sent, ...done].slice(-SENT_MAX) };
}

/** Also of what has left the queue: another tab may not have known, or the browser cleared what was kept. */
function reject(state: OutboxState, rejected: RejectedMutation): OutboxState {
  const found = state.pending.find(({ uid }) => uid === rejected.uid);
  const told = { ...state, rejected: [...state.rejected.filter(({ uid }) => uid !== rejected.uid), rejected] };
  if (!found) return told;
  const pending = state.pending.filter((mutation) => mutation !== found);
  return { ...told, pending, sent: [...state.sent, found].slice(-SENT_MAX) };
}

/** Starts as a new client. The server knows each uid, so sending again what it already has does no harm. */
function renumber(state: OutboxState, clientId: string): OutboxState {
  const pending = state.pending.map((mutation, i) => ({ ...mutation, seq: i + 1 }));
  return { ...state, clientId, pending, next: pending.length + 1, sent: [] };
}

/** The server went back in time and knows our mutations only up to `last`: the later ones wait again. */
function reinstate(state: OutboxState, last: number): OutboxState {
  const waiting = new Set(state.pending.map(({ seq }) => seq));
  const lost = state.sent.filter(({ seq }) => seq > last && !waiting.has(seq));
  const pending = [...lost, ...state.pending].sort((a, b) => a.seq - b.seq);
  return { ...state, pending, sent: state.sent.filter(({ seq }) => seq <= last) };
}

const TEXT_ARGUMENTS = ['title', 'description', 'body', 'name'];

export function rejectedOf({ uid, name, args, at }: NewMutation, code: string, detail: string): RejectedMutation {
  const texts = TEXT_ARGUMENTS.map((key) => args[key]).filter((value) => typeof value === 'string' && value !== '');
  return { uid, name, args, at, code, detail, text: texts.length > 0 ? texts.join('\n\n') : null };
}
