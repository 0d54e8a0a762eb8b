import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeFilter } from '#core/filters/describe-filter.ts';
import { demandedContent } from '#core/filters/demanded-content.ts';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import { berlin, INBOX } from '#core/filters/testing/filter-examples.ts';

/** What a cell of the document says about a query: what it means, or what is wrong and the query after the first fix. */
function inWords(query: string, locale: string): string {
  const parsed = parseFilter(query, { ...berlin, locale });
  if (parsed.ok) return describeFilter(parsed.filter, berlin, locale);
  const [error] = parsed.errors;
  const fix = error?.fixes[0];
  return `${error?.message}${fix ? ` → \`${query.slice(0, fix.start)}${fix.text}${query.slice(fix.end)}\`` : ''}`;
}

const TODAY = '2026-11-18';

/** What a task begins with that is added to the list of a query. */
function begins(query: string): string {
  const parsed = parseFilter(query, berlin);
  const [pane] = parsed.ok ? resolveFilter(parsed.filter, berlin) : [];
  if (!pane) return '';
  const asker = { ...berlin, today: TODAY, inboxId: INBOX, canAdd: () => true };
  const { projectId, sectionId, content } = demandedContent(pane.where, asker);
  const nameIn = (rows: readonly { id: string; name: string }[], id: string | null) =>
    rows.flatMap((row) => (row.id === id ? [row.name] : []));
  return [
    [...nameIn(berlin.projects, projectId), ...nameIn(berlin.sections, sectionId)].join('/'),
    ...(content.date === TODAY ? ['today'] : []),
    ...(content.priority === undefined ? [] : [`priority ${content.priority}`]),
    ...(content.labels ?? []).map((label) => `label ${label}`),
  ].join(', ');
}

test('every row of docs/filters.md says what the filter language does', async () => {
  const document = await readFile(new URL('../../docs/filters.md', import.meta.url), 'utf8');
  let rows = 0;
  for (const section of document.split('\n## ')) {
    const locale = section.startsWith('In German') ? 'de-DE' : 'en-GB';
    const says = section.startsWith('Adding') ? begins : (query: string) => inWords(query, locale);
    for (const [, query = '', meaning = ''] of section.matchAll(/^\| `(.+?)` \| (.*) \|$/gm)) {
      const plain = (cell: string) => cell.replaceAll(String.raw`\|`, '|');
      expect(`${query}: ${plain(meaning)}`).toBe(`${query}: ${says(plain(query))}`);
      rows++;
    }
  }
  expect(rows).toBeGreaterThan(100);
});
