import 'fake-indexeddb/auto';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { expect, test } from 'vitest';
import type { Kind, Row } from '#core/rows.ts';
import type { BaseChange } from '#web/replica/base-rows.ts';
import { changeRows, type RowSegment, rowsOf } from './row-segments.ts';

interface Schema extends DBSchema {
  rows: { key: [Kind, string]; value: RowSegment };
}

let databases = 0;

async function aDatabase(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(`segments-${databases++}`, 1, {
    upgrade: (database) => void database.createObjectStore('rows', { keyPath: ['kind', 'first'] }),
  });
}

async function commit(database: IDBPDatabase<Schema>, changes: readonly BaseChange[]): Promise<void> {
  const tx = database.transaction('rows', 'readwrite');
  await changeRows(tx.store, changes);
  await tx.done;
}

const aRow = (id: string, rev = 1): Row => ({ id, rev }) as unknown as Row;
const put = (id: string, rev?: number): BaseChange => ({ kind: 'task', id, row: aRow(id, rev) });
const remove = (id: string): BaseChange => ({ kind: 'task', id, row: undefined });

test('what is read is what was written last, whatever the order of the ids', async () => {
  const database = await aDatabase();
  const expected = new Map<string, BaseChange>();
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 60; round++) {
    const changes = Array.from({ length: 1 + random(round % 5 === 0 ? 400 : 4) }, (): BaseChange => {
      const kind: Kind = random(4) === 0 ? 'label' : 'task';
      const id = random(1500).toString(36).padStart(4, '0');
      return { kind, id, row: random(3) === 0 ? undefined : aRow(id, round) };
    });
    for (const change of changes) expected.set(`${change.kind} ${change.id}`, change);
    await commit(database, changes);
  }
  const segments = await database.getAll('rows');
  const found = rowsOf(segments);
  const kept = [...expected].filter(([, { row }]) => row).sort(([a], [b]) => (a < b ? -1 : 1));
  expect(kept.length).toBeGreaterThan(400);
  expect(found).toEqual(kept.map(([, change]) => change));
  for (const { rows } of segments) expect(rows.length).toBeLessThanOrEqual(128);
});

test('one change writes one segment', async () => {
  const database = await aDatabase();
  await commit(
    database,
    Array.from({ length: 1000 }, (_, i) => put(String(i).padStart(4, '0'))),
  );
  const before = await database.getAll('rows');
  await commit(database, [put('0500', 2)]);
  const after = await database.getAll('rows');
  expect(after).toHaveLength(before.length);
  const different = after.filter((segment, i) => JSON.stringify(segment) !== JSON.stringify(before[i]));
  expect(different).toHaveLength(1);
  expect(different[0]?.rows).toContainEqual(aRow('0500', 2));
});

test('rows that are gone leave nothing behind', async () => {
  const database = await aDatabase();
  const ids = Array.from({ length: 300 }, (_, i) => String(i).padStart(4, '0'));
  await commit(
    database,
    ids.map((id) => put(id)),
  );
  await commit(database, ids.map(remove));
  expect(await database.getAll('rows')).toEqual([]);
  await commit(database, [put('0000'), remove('0000'), remove('9999')]);
  expect(await database.getAll('rows')).toEqual([]);
});
