import { describeRule } from '#core/recurrence/describe-rule.ts';
import { isReadableRule } from '#core/recurrence/parse-rule.ts';
import type { Recurrence } from '#core/tasks/task.ts';

/** How a task repeats, as a sentence. A rule from before rules were checked is shown as it is written. */
export function repeatWords(
  { rule, anchor, paused }: Pick<Recurrence, 'rule' | 'anchor' | 'paused'>,
  locale: string,
): string {
  const words = isReadableRule(rule) ? describeRule(rule, locale, anchor) : rule;
  return paused ? `Paused · ${words}` : words;
}
