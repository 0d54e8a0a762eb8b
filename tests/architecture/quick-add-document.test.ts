import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseQuickAdd } from '#core/quick-add/parse-quick-add.ts';
import { berlin } from '#core/quick-add/testing/examples.ts';

const nameOf = (rows: readonly { id: string; name: string }[], id: string | null) =>
  rows.find((row) => row.id === id)?.name;

/** What a cell of the document says about a line. */
function inWords(text: string, locale: string): string {
  const { fields, tokens } = parseQuickAdd(text, { ...berlin, locale });
  const { recurrence, endTime } = fields;
  const weekday = (date: string) => new Date(date).toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' });
  const from = { schedule: '', completion: ' after completion', 'completion-weekday': ' after completion' };
  const parts = [
    fields.title,
    fields.date && `${weekday(fields.date)} ${fields.date}`,
    fields.time && (endTime ? `${fields.time}–${endTime}` : fields.time),
    fields.evening && 'evening',
    recurrence && `\`${recurrence.rule}\`${from[recurrence.anchor]}`,
    recurrence?.intendedDay && `meant for the ${recurrence.intendedDay}st`,
    fields.duration && `${fields.duration} minutes`,
    fields.deadline && `deadline ${weekday(fields.deadline)} ${fields.deadline}`,
    ...fields.reminders.map((each) =>
      typeof each === 'number' ? `reminder ${each} minutes before` : `reminder at ${each}`,
    ),
    fields.priority && `priority ${fields.priority}`,
    fields.projectId && `project ${nameOf(berlin.projects, fields.projectId)}`,
    fields.sectionId && `section ${nameOf(berlin.sections, fields.sectionId)}`,
    fields.assigneeId &&
      `assigned to ${berlin.members.find(({ userId }) => userId === fields.assigneeId)?.displayName}`,
    ...fields.labels.map((label) => `label ${label}`),
    fields.description && `description “${fields.description}”`,
    ...tokens
      .filter(({ strength }) => strength === 'weak')
      .map(({ start, end, creates }) => `${creates ? 'proposes' : 'suggests'} “${text.slice(start, end)}”`),
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

interface Row {
  readonly text: string;
  readonly meaning: string;
  readonly locale: string;
}

function rowsOf(markdown: string): Row[] {
  return markdown.split('\n## ').flatMap((section) => {
    const locale = section.startsWith('In German') ? 'de-DE' : 'en-GB';
    return [...section.matchAll(/^\| `(?<text>.+?)` \| ?(?<meaning>.*?) ?\|$/gm)].map(({ groups }) => ({
      text: groups?.['text'] ?? '',
      meaning: groups?.['meaning'] ?? '',
      locale,
    }));
  });
}

test('every row of docs/quick-add.md says what the parser does', async () => {
  const rows = rowsOf(await readFile(new URL('../../docs/quick-add.md', import.meta.url), 'utf8'));
  expect(rows.length).toBeGreaterThan(90);
  for (const { text, meaning, locale } of rows)
    expect(`${text} | ${meaning}`).toBe(`${text} | ${inWords(text, locale)}`);
});
