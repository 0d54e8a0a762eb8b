import { expect, test } from 'vitest';
import { DESCRIPTION_MAX, TITLE_MAX } from '#core/tasks/task.ts';
import { taskFromShared } from './shared-task.ts';

const PAGE = 'https://example.org/article?id=1';

test.each([
  ['nothing', {}, { title: '', description: '' }],
  ['a title alone', { title: ' Buy  milk ' }, { title: 'Buy milk', description: '' }],
  ['a page', { title: 'An article', url: PAGE }, { title: 'An article', description: PAGE }],
  ['an address in the text', { title: 'An article', text: PAGE }, { title: 'An article', description: PAGE }],
  ['an address alone', { text: PAGE }, { title: PAGE, description: '' }],
  ['the same address twice', { text: PAGE, url: PAGE }, { title: PAGE, description: '' }],
  [
    'a title that the text repeats',
    { title: 'Milk', text: 'Milk\ntwo litres' },
    { title: 'Milk', description: 'two litres' },
  ],
  [
    'text without a title',
    { text: 'First line\nsecond line\n\nthird', url: PAGE },
    { title: 'First line', description: `second line\n\nthird\n${PAGE}` },
  ],
  ['an address before the words', { text: `${PAGE}\nRead this` }, { title: 'Read this', description: PAGE }],
  [
    'an address within the text',
    { title: 'T', text: `see ${PAGE} now`, url: PAGE },
    { title: 'T', description: `see ${PAGE} now` },
  ],
  ['a title of several lines', { title: 'one\ntwo' }, { title: 'one two', description: '' }],
])('what is shared becomes a task: %s', (_, shared, task) => {
  expect(taskFromShared(shared)).toEqual(task);
});

test('nothing is cut off that has a place', () => {
  const long = 'word '.repeat(TITLE_MAX).trim();
  const { title, description } = taskFromShared({ title: long, text: 'more' });
  expect(title.length).toBeLessThanOrEqual(TITLE_MAX);
  expect(long.startsWith(title)).toBe(true);
  expect(description).toBe(`${long}\n\nmore`);
  expect(taskFromShared({ title: 'T', text: 'x'.repeat(60_000) }).description).toHaveLength(DESCRIPTION_MAX);
});
