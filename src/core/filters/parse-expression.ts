import { type Expression, NESTING_MAX } from './filter.ts';
import { endOfQuote, type FilterReader } from './filter-reader.ts';
import { joined, negated } from './join-expressions.ts';
import { MODIFIER } from './parse-modifiers.ts';
import { type ParseContext, parseTerm } from './parse-term.ts';

const OR = /\||or(?=[\s("!])/iuy;
const AND = /&|and(?=[\s("!])/iuy;
const NOT = /!(?!=)|not(?=[\s("!])/iuy;
const OPEN = /\(/uy;
const CLOSE = /\)/uy;
const COMMA = /,/uy;

/** `|` binds least, `!` most; where something is missing, reading goes on as if it were there. */
export class ExpressionParser {
  readonly #reader: FilterReader;
  readonly #context: ParseContext;
  #depth = 0;

  constructor(reader: FilterReader, context: ParseContext) {
    this.#reader = reader;
    this.#context = context;
  }

  parse(): Expression | null {
    const reader = this.#reader;
    let where = this.#or();
    while (reader.sees(CLOSE)) {
      const start = reader.at;
      reader.take(CLOSE);
      const fix = { label: 'Remove )', start, end: reader.at, text: '' };
      reader.error('unopened_parenthesis', start, reader.at, 'No parenthesis was opened before this one.', [fix]);
      where = joined('and', [where, this.#isAtStop() ? null : this.#or()]);
    }
    return where;
  }

  #or(): Expression | null {
    const parts = [this.#and()];
    while (this.#operator(OR)) parts.push(this.#and());
    return joined('or', parts);
  }

  #and(): Expression | null {
    const parts = [this.#unary()];
    while (this.#operator(AND) || this.#isMissing()) parts.push(this.#unary());
    return joined('and', parts);
  }

  #operator(pattern: RegExp): boolean {
    const found = this.#reader.take(pattern);
    if (found) this.#reader.token('operator', this.#reader.at - found[0].length);
    return found !== null;
  }

  #isAtStop(): boolean {
    const reader = this.#reader;
    return reader.isAtEnd() || reader.sees(COMMA) || reader.sees(CLOSE) || reader.sees(MODIFIER);
  }

  /** There is no implicit "and": something else follows without an operator. */
  #isMissing(): boolean {
    const reader = this.#reader;
    if (this.#isAtStop() || reader.sees(OR)) return false;
    const { at } = reader;
    const before = reader.text.slice(0, at).trimEnd().length;
    const insert = (sign: string) => ({ label: `Add ${sign} between`, start: before, end: at, text: ` ${sign} ` });
    const end = Math.max(at + 1, at + reader.segment().length);
    const message = 'Say how this goes together with what is before it: & for both, | for either.';
    reader.error('missing_operator', at, end, message, [insert('&'), insert('|')]);
    return true;
  }

  #unary(): Expression | null {
    const reader = this.#reader;
    if (this.#depth >= NESTING_MAX) {
      reader.skipSpace();
      reader.error(
        'too_deep',
        reader.at,
        reader.text.length,
        `Parentheses and ! go at most ${NESTING_MAX} levels deep.`,
      );
      reader.at = reader.text.length;
      return null;
    }
    this.#depth++;
    const isNot = this.#operator(NOT);
    const found = isNot ? this.#unary() : reader.sees(OPEN) ? this.#parenthesis() : this.#term();
    this.#depth--;
    return isNot && found ? negated(found) : found;
  }

  #parenthesis(): Expression | null {
    const reader = this.#reader;
    const start = reader.at;
    this.#operator(OPEN);
    let inner = this.#or();
    while (reader.sees(COMMA)) {
      const fix = { label: 'Use | instead', start: reader.at, end: reader.at + 1, text: ' |' };
      const message = 'A comma begins another list, which cannot be inside parentheses.';
      reader.error('comma_in_parentheses', reader.at, reader.at + 1, message, [fix]);
      reader.take(COMMA);
      inner = joined('or', [inner, this.#or()]);
    }
    if (this.#operator(CLOSE)) return inner;
    const end = reader.text.slice(0, reader.at).trimEnd().length;
    const fix = { label: 'Add )', start: end, end, text: ')' };
    reader.error('unclosed_parenthesis', start, start + 1, 'This parenthesis is not closed.', [fix]);
    return inner;
  }

  #term(): Expression | null {
    const reader = this.#reader;
    const stray = reader.sees(OR) || reader.sees(AND);
    if (stray || this.#isAtStop()) {
      this.#missingTerm(stray);
      return null;
    }
    if (reader.text.charAt(reader.at) === '"' && endOfQuote(reader.text, reader.at) === null) {
      const end = reader.text.length;
      reader.error('unclosed_quote', reader.at, end, 'This quote is not closed.', [
        { label: 'Add "', start: end, end, text: '"' },
      ]);
      reader.at = end;
      return null;
    }
    return parseTerm(reader, this.#context);
  }

  #missingTerm(isOperator: boolean): void {
    const reader = this.#reader;
    const operator = reader.tokens.findLast(({ kind }) => kind === 'operator');
    const { at } = reader;
    const found = isOperator ? (reader.take(OR) ?? reader.take(AND)) : null;
    if (found) {
      const fix = { label: `Remove ${found[0]}`, start: at, end: reader.at, text: '' };
      reader.error('expected_term', at, reader.at, `Something is missing before "${found[0]}".`, [fix]);
      return;
    }
    const isAfter = operator !== undefined && reader.text.slice(operator.end, at).trim() === '';
    const [start, end] = isAfter ? [operator.start, operator.end] : [at, Math.min(at + 1, reader.text.length)];
    const sign = reader.text.slice(start, end);
    const fixes = isAfter && sign !== '(' ? [{ label: `Remove ${sign}`, start, end, text: '' }] : [];
    reader.error(
      'expected_term',
      start,
      end,
      isAfter ? `Something is missing after "${sign}".` : 'A filter is missing here.',
      fixes,
    );
  }
}
