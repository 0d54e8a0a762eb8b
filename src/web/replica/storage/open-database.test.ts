import 'fake-indexeddb/auto';
import { type DBSchema, deleteDB, openDB } from 'idb';
import { expect, test } from 'vitest';
import { ReopeningDatabase } from './open-database.ts';

interface Shelf extends DBSchema {
  books: { key: string; value: string };
}

const connections: { close(): void; dispatchEvent(event: Event): boolean }[] = [];

function shelf(name: string): ReopeningDatabase<Shelf> {
  return new ReopeningDatabase<Shelf>(async () => {
    const database = await openDB<Shelf>(name, 1, { upgrade: (opened) => void opened.createObjectStore('books') });
    connections.push(database);
    return database;
  });
}

const names = async (): Promise<(string | undefined)[]> => (await indexedDB.databases()).map(({ name }) => name);

test('work goes on when the browser closed the connection', async () => {
  const kept = shelf('lost');
  await kept.run((database) => database.put('books', 'Emma', 'a'));
  connections.at(-1)?.close();
  expect(await kept.run((database) => database.get('books', 'a'))).toBe('Emma');
  kept.close();
});

test('a database that was deleted is not made anew behind the back of whoever deleted it', async () => {
  const kept = shelf('deleted');
  await kept.run((database) => database.put('books', 'Emma', 'a'));
  await deleteDB('deleted');
  await expect(kept.run((database) => database.get('books', 'a'))).rejects.toThrow('closed');
  expect(await names()).not.toContain('deleted');
});

test('nothing is opened once it is closed', async () => {
  const kept = shelf('ended');
  kept.close();
  await expect(kept.run((database) => database.get('books', 'a'))).rejects.toThrow('closed');
  expect(await names()).not.toContain('ended');
});

test('a transaction whose work throws writes nothing', async () => {
  const kept = shelf('aborted');
  const failing = kept.transact(['books'], 'strict', async (tx) => {
    await tx.objectStore('books').put('Emma', 'a');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await kept.run((database) => database.get('books', 'a'))).toBeUndefined();
  kept.close();
});
