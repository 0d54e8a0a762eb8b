import type { Kind, Row } from '#core/rows.ts';
import type { BaseChange } from '#web/replica/base-rows.ts';

/** Neighbouring rows of one kind, by id: those from `first` up to the first one of the next segment. */
export interface RowSegment {
  readonly kind: Kind;
  /** Empty in the first segment of a kind, so that every id has one. */
  readonly first: string;
  readonly rows: readonly Row[];
}

type SegmentKey = [Kind, string];

/** The object store, within a transaction that writes. */
interface SegmentStore {
  getAllKeys(range: IDBKeyRange): Promise<SegmentKey[]>;
  get(key: SegmentKey): Promise<RowSegment | undefined>;
  put(segment: RowSegment): Promise<unknown>;
  delete(key: SegmentKey): Promise<void>;
}

/**
 * Rows of one record. A browser reads a record of that many in a fraction of the time of as many records (`npm run
 * bench:web`, start from what is kept); the more they are, the more is written again for one that changed.
 */
const SEGMENT_MAX = 128;

export function rowsOf(segments: readonly RowSegment[]): BaseChange[] {
  return segments.flatMap(({ kind, rows }) => rows.map((row) => ({ kind, id: row.id, row })));
}

/** Puts and removes rows; of several changes of one row the last counts. */
export async function changeRows(store: SegmentStore, changes: readonly BaseChange[]): Promise<void> {
  const byKind = Map.groupBy(changes, ({ kind }) => kind);
  await Promise.all([...byKind].map(([kind, ofKind]) => changeKind(store, kind, ofKind)));
}

async function changeKind(store: SegmentStore, kind: Kind, changes: readonly BaseChange[]): Promise<void> {
  const keys = await store.getAllKeys(IDBKeyRange.bound([kind, ''], [kind, []]));
  const firsts = keys.map(([, first]) => first);
  const bySegment = Map.groupBy(changes, ({ id }) => segmentOf(id, firsts));
  await Promise.all(
    [...bySegment].map(async ([first, changed]) => {
      const rows = new Map((await store.get([kind, first]))?.rows.map((row) => [row.id, row]));
      for (const { id, row } of changed) {
        if (row) rows.set(id, row);
        else rows.delete(id);
      }
      await write(store, kind, first, [...rows.values()].sort(byId));
    }),
  );
}

/** In parts of even length where they have become too many. */
async function write(store: SegmentStore, kind: Kind, first: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) {
    await store.delete([kind, first]);
    return;
  }
  const parts = Math.ceil(rows.length / SEGMENT_MAX);
  const puts: Promise<unknown>[] = [];
  for (let i = 0; i < parts; i++) {
    const part = rows.slice(Math.ceil((i * rows.length) / parts), Math.ceil(((i + 1) * rows.length) / parts));
    puts.push(store.put({ kind, first: i === 0 ? first : (part[0]?.id ?? ''), rows: part }));
  }
  await Promise.all(puts);
}

/** `firsts` are sorted. */
function segmentOf(id: string, firsts: readonly string[]): string {
  let [low, high] = [0, firsts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((firsts[middle] ?? '') <= id) low = middle + 1;
    else high = middle;
  }
  return firsts[low - 1] ?? '';
}

function byId(a: Row, b: Row): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
