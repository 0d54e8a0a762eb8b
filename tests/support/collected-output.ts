import type { Output } from '#cli/output.ts';

/** What a command printed, line by line. */
export function collectOutput(): Output & { readonly lines: string[] } {
  const lines: string[] = [];
  const add = (text: string): void => void lines.push(...text.split('\n'));
  return { lines, out: add, err: add };
}
