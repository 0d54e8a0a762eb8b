import { formatRule } from './format-rule.ts';
import { languageOf } from './languages/languages.ts';
import { SEPARATOR } from './line.ts';
import { parseQuickAdd } from './parse-quick-add.ts';
import {
  PREFIXES,
  type Prefixes,
  type QuickAddContext,
  type QuickAddFields,
  type QuickAddOptions,
  type Reminder,
} from './quick-add.ts';

/**
 * The fields as a line that parses back to the same fields. Null where no line can say them in this language: a time
 * without a date, a rule that the grammar does not have, a recurrence in a language without words.
 */
export function formatQuickAdd(
  fields: QuickAddFields,
  context: QuickAddContext,
  options: Pick<QuickAddOptions, 'prefixes'> = {},
): string | null {
  const said = saidFields(fields, context, options.prefixes ?? PREFIXES.tend);
  if (!said) return null;
  const { title, description } = fields;
  const tail = description === '' ? [] : ['//', description];
  // What people write comes first; where the title would run into what follows it, it stands behind.
  const readable = [withEscapes(title, context, options), ...said, ...tail];
  const safe = [...said, withAllEscaped(title), ...tail];
  for (const pieces of [readable, safe]) {
    const text = pieces.filter((piece) => piece !== '').join(' ');
    if (isSame(parseQuickAdd(text, context, options).fields, fields)) return text;
  }
  return null;
}

function isSame(a: QuickAddFields, b: QuickAddFields): boolean {
  const ordered = (fields: QuickAddFields) =>
    JSON.stringify(Object.entries(fields).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return ordered(a) === ordered(b);
}

/** With a backslash before each word that would be taken for a token, or for a backslash. */
function withEscapes(title: string, context: QuickAddContext, options: QuickAddOptions): string {
  const { tokens } = parseQuickAdd(title, context, options);
  let text = '';
  let at = 0;
  for (const { start, strength } of tokens) {
    if (strength === 'weak') continue;
    text += `${title.slice(at, start)}\\`;
    at = start;
  }
  return text + title.slice(at);
}

function withAllEscaped(title: string): string {
  return title.replaceAll(WORD_START, '\\');
}

const WORD_START = new RegExp(`(?<=^|${SEPARATOR.source})(?!$|${SEPARATOR.source})`, 'gu');

/** Everything but title and description, each as a token. */
function saidFields(fields: QuickAddFields, context: QuickAddContext, prefixes: Prefixes): string[] | null {
  const { date, recurrence, deadline, priority, labels, projectId, sectionId, assigneeId, reminders } = fields;
  const { projects, sections, members } = context;
  const home = projectId ?? context.projectId;
  const member = members.find((each) => each.userId === assigneeId && each.projectId === home);
  const names = [
    named(prefixes.project, projectId, projects.find(({ id }) => id === projectId)?.name),
    named(prefixes.section, sectionId, sections.find(({ id }) => id === sectionId)?.name),
    named(prefixes.person, assigneeId, member?.displayName),
    ...labels.map((label) => named(prefixes.label, label, label)),
  ];
  const rule = recurrence && formatRule(recurrence, date, context);
  const when = whenOf(fields, context.locale);
  if (names.includes(null) || when === null || (recurrence && rule === null)) return null;
  const said = [
    when,
    rule,
    deadline && `{${deadline}}`,
    ...reminders.map(reminderText),
    priority && `!${priority}`,
    ...names,
  ];
  return said.filter((each) => typeof each === 'string' && each !== '') as string[];
}

/** In quotes wherever a name is not one plain word. Empty for nothing, null for what has no name here. */
function named(prefix: string, id: string | null, name: string | undefined): string | null {
  if (id === null) return '';
  const sign = prefix.charAt(0);
  if (name === undefined || sign === '') return null;
  return /^[\p{L}\p{N}_-]+$/u.test(name) ? `${sign}${name}` : `${sign}"${name}"`;
}

function whenOf({ date, time, endTime, evening, duration }: QuickAddFields, locale: string): string | null {
  const [slot] = languageOf(locale).words.evening;
  if (evening && slot === undefined) return null;
  const length = duration !== null && endTime === null ? `~${duration}m` : '';
  const clock = time === null ? (evening ? (slot ?? '') : '') : endTime === null ? time : `${time}-${endTime}`;
  return [date ?? '', clock, length].filter((each) => each !== '').join(' ');
}

function reminderText(reminder: Reminder): string {
  return typeof reminder === 'number' ? `!${reminder}m` : `!${reminder}`;
}
