import type { DateField, Flag, NumberField, PersonTerm } from './filter.ts';

/** The words of the language; the first of each is the one that is printed. All are matched without regard to case. */
export const FLAG_WORDS: Readonly<Record<Flag, readonly string[]>> = {
  all: ['all', 'view all'],
  recurring: ['recurring'],
  subtask: ['subtask'],
  parent: ['parent'],
  assigned: ['assigned'],
  shared: ['shared'],
  evening: ['evening'],
  noDate: ['no date', 'no due date'],
  noTime: ['no time'],
  noDeadline: ['no deadline'],
  noDuration: ['no duration'],
  noLabels: ['no labels', 'no label'],
  noSection: ['no section'],
  hasReminder: ['has:reminder', 'has:reminders'],
  hasFile: ['has:file', 'has:files'],
  hasComment: ['has:comment', 'has:comments'],
  hasLink: ['has:link', 'has:links'],
  hasDescription: ['has:description'],
  done: ['done', 'completed'],
  deleted: ['deleted'],
  blocked: ['is:blocked'],
};

export const OVERDUE_WORDS = ['overdue', 'od', 'over due'] as const;
export const NO_PRIORITY_WORDS = ['no priority'] as const;

export const FIELD_WORDS: Readonly<Record<DateField | NumberField, readonly string[]>> = {
  date: ['date'],
  deadline: ['deadline'],
  due: ['due', 'due date'],
  created: ['created'],
  updated: ['updated'],
  completed: ['completed'],
  priority: ['priority'],
  duration: ['duration'],
  subtasks: ['subtasks'],
  comments: ['comments'],
};

export const ROLE_WORDS: Readonly<Record<PersonTerm['role'], string>> = {
  assignee: 'assigned to',
  assigner: 'assigned by',
  creator: 'added by',
};

export const PERSON_WORDS = ['me', 'others', 'nobody'] as const;
export const TEXT_WORDS = ['search', 'title'] as const;
export const MODIFIER_WORDS = ['sort', 'group', 'limit', 'with'] as const;

/** A phrase, in any case and with any white space between its words, also behind a colon; it ends with a word. */
export function phrasePattern(phrase: string): RegExp {
  const source = phrase.replaceAll(' ', String.raw`\s+`).replaceAll(':', String.raw`\s*:\s*`);
  return new RegExp(String.raw`${source}(?![\p{L}\p{N}_])`, 'iuy');
}

/** Phrases with their meaning, the longest first, so that none hides another that begins with it. */
export function phraseTable<V>(
  entries: readonly (readonly [phrase: string, value: V])[],
): readonly (readonly [RegExp, V])[] {
  return entries.toSorted(([a], [b]) => b.length - a.length).map(([phrase, value]) => [phrasePattern(phrase), value]);
}
