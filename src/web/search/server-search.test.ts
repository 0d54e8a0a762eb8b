import { expect, test } from 'vitest';
import type { HttpClient } from '#web/api/http-client.ts';
import { searchServer } from './server-search.ts';

/** A server with these pages. */
function answering(...pages: unknown[]) {
  const asked: string[] = [];
  const request = (_method: string, path: string) => {
    asked.push(path);
    const nextCursor = asked.length < pages.length ? `page ${asked.length}` : null;
    return Promise.resolve({ items: pages[asked.length - 1], nextCursor });
  };
  return { asked, http: { request } as unknown as HttpClient };
}

test('the answer is read by what this version knows', async () => {
  const { asked, http } = answering([
    {
      kind: 'task',
      id: 'a',
      projectId: 'p',
      taskId: null,
      title: { text: 'Old', ranges: [[0, 3]] },
      snippet: null,
      completed: true,
      foundIn: ['title', 'label'],
    },
    {
      kind: 'comment',
      id: 'b',
      taskId: 'a',
      title: 'Old',
      snippet: { text: 'words', ranges: ['?'] },
      score: 3,
      archived: true,
    },
    { kind: 'attachment', id: 'c' },
    { kind: 'project' },
    null,
  ]);
  const hits = await searchServer(http, 'öl & gas', new AbortController().signal);
  expect(asked).toEqual(['/search?q=%C3%B6l+%26+gas&limit=50']);
  expect(hits).toEqual([
    {
      kind: 'task',
      id: 'a',
      taskId: 'a',
      title: { text: 'Old', ranges: [[0, 3]] },
      snippet: null,
      inLabels: true,
      completed: true,
      archived: false,
    },
    {
      kind: 'comment',
      id: 'b',
      taskId: 'a',
      title: { text: 'Old', ranges: [] },
      snippet: { text: 'words', ranges: [] },
      inLabels: false,
      completed: false,
      archived: true,
    },
  ]);
});

test('an answer without results is none', async () => {
  expect(await searchServer(answering(undefined).http, 'x', new AbortController().signal)).toEqual([]);
});

test('further pages are read, but not without end', async () => {
  const page = (n: number) => [{ kind: 'task', id: `${n}`, title: 'x' }];
  const two = answering(page(0), page(1));
  expect(await searchServer(two.http, 'x', new AbortController().signal)).toHaveLength(2);
  expect(two.asked[1]).toBe('/search?q=x&limit=50&cursor=page+1');
  const many = answering(...Array.from({ length: 20 }, (_, n) => page(n)));
  expect(await searchServer(many.http, 'x', new AbortController().signal)).toHaveLength(4);
});
