import type { SearchEntry } from '#core/search/search-entry.ts';

/** An open task that says nothing but what is given. */
export function anEntry(given: Partial<SearchEntry> & { readonly id: string }): SearchEntry {
  return { kind: 'task', title: '', labels: [], body: '', done: false, at: 0, ...given };
}
