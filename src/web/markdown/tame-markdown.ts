/**
 * Whether markdown can be rendered in a few frames. The parser takes quadratic time for text that no person writes
 * (20,000 opened emphases in one paragraph take minutes), and somebody else may have written it.
 */
export function isTameMarkdown(text: string): boolean {
  let emphases = 0;
  let brackets = 0;
  let lines = 0;
  for (const block of text.split(/\n[^\S\n]*\n/)) {
    let own = 0;
    for (const line of block.split('\n')) {
      lines++;
      const [prefix = ''] = /^[\s>]*/.exec(line) ?? [];
      if (prefix.length > PREFIX_MAX || count(prefix, '>') > QUOTES_MAX) return false;
      const content = line.slice(prefix.length).replace(/^[*+-] /, '');
      own += count(content, '*') + count(content, '_') + count(content, '~');
      brackets += count(content, '[') + count(content, '<') + count(content, '`');
    }
    if (own > EMPHASES_PER_BLOCK_MAX) return false;
    emphases += own;
  }
  return emphases <= EMPHASES_MAX && brackets <= BRACKETS_MAX && lines <= LINES_MAX;
}

const PREFIX_MAX = 40;
const QUOTES_MAX = 10;
const EMPHASES_PER_BLOCK_MAX = 200;
const EMPHASES_MAX = 3000;
const BRACKETS_MAX = 3000;
const LINES_MAX = 5000;

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}
