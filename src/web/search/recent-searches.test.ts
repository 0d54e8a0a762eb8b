import { expect, test } from 'vitest';
import { DeviceNotes } from '#web/ui/device-notes.ts';
import { RecentSearches } from './recent-searches.ts';

function aStore() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  return { kept, notes: new DeviceNotes(() => storage) };
}

test('the newest comes first, each once, and old ones go', () => {
  const recent = new RecentSearches(aStore().notes, 'ana');
  for (const text of ['milk', ' Ben ', 'x', 'MILK', '']) recent.add(text);
  expect(recent.list()).toEqual(['MILK', 'Ben']);
  for (let n = 0; n < 20; n++) recent.add(`search ${n}`);
  expect(recent.list()).toHaveLength(8);
  expect(recent.list()[0]).toBe('search 19');
  recent.remove('search 19');
  expect(recent.list()[0]).toBe('search 18');
});

test('each account has its own, and clearing leaves nothing', () => {
  const { kept, notes } = aStore();
  new RecentSearches(notes, 'ana').add('milk');
  expect(new RecentSearches(notes, 'ben').list()).toEqual([]);
  expect(new RecentSearches(notes, 'ana').list()).toEqual(['milk']);
  new RecentSearches(notes, 'ana').clear();
  expect(kept.size).toBe(0);
});

test('what another version wrote is read as far as it can be', () => {
  const { kept, notes } = aStore();
  kept.set('tend.searches.ana', '["milk",7,null]');
  expect(new RecentSearches(notes, 'ana').list()).toEqual(['milk']);
  kept.set('tend.searches.ana', '{');
  expect(new RecentSearches(notes, 'ana').list()).toEqual([]);
});
