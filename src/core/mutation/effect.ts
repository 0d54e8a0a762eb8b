import { scopeOf, type Kind, type Row, type ScopeId } from '#core/rows.ts';
import { deepEqual } from './deep-equal.ts';

/** One row as a mutation found it and as it left it; undefined where there was or is none. */
export interface RowEffect {
  readonly kind: Kind;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

export type Fields = Readonly<Record<string, unknown>>;

/**
 * What the change log keeps of an effect: the fields that changed and nothing else,
 * or the whole row where one began or ended. Undo, history and audit read it.
 */
export interface ChangeRecord {
  readonly kind: Kind;
  readonly id: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

/** A mutation that was carried out, with its changes in the order in which they were made. */
export interface RecordedMutation {
  readonly uid: string;
  readonly name: string;
  readonly userId: string;
  /** Whether its mutator allows inverting it. */
  readonly undoable: boolean;
  readonly changes: readonly ChangeRecord[];
}

/** Bookkeeping that every write changes and that undo must not turn back. */
const UNTRACKED = new Set(['rev', 'updatedAt']);

export function changeOf(effect: RowEffect): ChangeRecord {
  const { kind, id, before, after } = effect;
  if (!before || !after)
    return { kind, id, before: (before as Fields | undefined) ?? null, after: (after as Fields | undefined) ?? null };
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  const from = before as unknown as Fields;
  const to = after as unknown as Fields;
  for (const key of Object.keys(to)) {
    if (UNTRACKED.has(key) || deepEqual(from[key], to[key])) continue;
    was[key] = from[key];
    is[key] = to[key];
  }
  return { kind, id, before: was, after: is };
}

/** The scopes that an effect changes: two when a row moved from one to another. */
export function scopesOf(effect: RowEffect): ScopeId[] {
  const from = effect.before && scopeOf(effect.kind, effect.before as never);
  const to = effect.after && scopeOf(effect.kind, effect.after as never);
  if (from && to && from !== to) return [from, to];
  const scope = to ?? from;
  return scope ? [scope] : [];
}

/** Every scope that a list of effects changes, sorted: the order in which they are locked. */
export function touchedScopes(effects: readonly RowEffect[]): ScopeId[] {
  return [...new Set(effects.flatMap(scopesOf))].sort();
}
