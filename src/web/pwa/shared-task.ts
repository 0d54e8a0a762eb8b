import { DESCRIPTION_MAX, TITLE_MAX } from '#core/tasks/task.ts';

/** What another app shares, or a link to `/add` says. */
export interface SharedContent {
  readonly title?: string;
  readonly text?: string;
  readonly url?: string;
}

export interface SharedTask {
  readonly title: string;
  readonly description: string;
}

/**
 * What is shared, as a task. Apps fill the three parts as they like: many put the address into the text, some repeat
 * the title there. The title becomes what is best to read in a list; everything else is kept below it, once.
 */
export function taskFromShared({ title = '', text = '', url = '' }: SharedContent): SharedTask {
  const lines = `${text.trim()}\n${url.trim()}`.split(/\r?\n/).map((line) => line.trimEnd());
  const heading = oneLine(title) || oneLine(lines.find((line) => line.trim() !== '' && !isAddress(line)) ?? '');
  const head = heading || oneLine(lines.find((line) => line.trim() !== '') ?? '');
  const rest = lines.filter(
    (line, index) => oneLine(line) !== head && !(index === lines.length - 1 && text.includes(line)),
  );
  // A title that is too long for its field goes on in the description.
  const description = head.length > TITLE_MAX ? [head, '', ...rest] : rest;
  return {
    title: head.slice(0, TITLE_MAX).trim(),
    description: description.join('\n').trim().slice(0, DESCRIPTION_MAX),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function isAddress(line: string): boolean {
  return /^https?:\/\/\S+$/i.test(line.trim());
}
