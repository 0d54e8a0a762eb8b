import type { Expression, Filter, Pane, Term } from './filter.ts';
import { joined, negated } from './join-expressions.ts';

/**
 * A query as lists of conditions, for people who would rather choose than write. Nothing is lost on the way there and
 * back: what goes deeper than groups in a list stays whole as a row of text.
 */
export interface BuilderList extends Omit<Pane, 'where'> {
  readonly match: Match;
  /** None: all tasks. */
  readonly rows: readonly BuilderRow[];
}

/** Decides nothing where there is a single row. */
export type Match = 'all' | 'any';

export type BuilderRow = GroupRow | GroupedRow;
export type GroupedRow = ConditionRow | WrittenRow;

export interface ConditionRow {
  readonly kind: 'condition';
  readonly not: boolean;
  readonly term: Term;
}

export interface GroupRow {
  readonly kind: 'group';
  readonly not: boolean;
  readonly match: Match;
  readonly rows: readonly GroupedRow[];
}

export interface WrittenRow {
  readonly kind: 'written';
  readonly where: Expression;
}

export const EMPTY_LIST: BuilderList = {
  title: null,
  match: 'all',
  rows: [],
  sort: [],
  group: null,
  limit: null,
  with: [],
};

const KINDS = { all: 'and', any: 'or' } as const;
const MATCHES = { and: 'all', or: 'any' } as const;
const ALL: Term = { kind: 'flag', flag: 'all' };

export function toRows({ panes }: Filter): BuilderList[] {
  return panes.map(({ where, ...rest }) => ({ ...rest, ...rowsOf(where) }));
}

function rowsOf(where: Expression): Pick<BuilderList, 'match' | 'rows'> {
  if (where.kind === 'flag' && where.flag === 'all') return { match: 'all', rows: [] };
  if (where.kind !== 'and' && where.kind !== 'or') return { match: 'all', rows: [rowOf(where)] };
  return { match: MATCHES[where.kind], rows: where.of.map(rowOf) };
}

function rowOf(expression: Expression): BuilderRow {
  const not = expression.kind === 'not';
  const inner = not ? expression.of : expression;
  if (inner.kind !== 'and' && inner.kind !== 'or') return groupedRow(expression);
  return { kind: 'group', not, match: MATCHES[inner.kind], rows: inner.of.map(groupedRow) };
}

function groupedRow(expression: Expression): GroupedRow {
  const not = expression.kind === 'not';
  const inner = not ? expression.of : expression;
  if (inner.kind === 'and' || inner.kind === 'or' || inner.kind === 'not')
    return { kind: 'written', where: expression };
  return { kind: 'condition', not, term: inner };
}

/** Groups without rows ask for nothing. */
export function toFilter(lists: readonly BuilderList[]): Filter {
  return {
    panes: lists.map(({ match, rows, ...rest }) => ({
      ...rest,
      where: joined(KINDS[match], rows.map(whereOf)) ?? ALL,
    })),
  };
}

function whereOf(row: BuilderRow): Expression | null {
  if (row.kind === 'written') return row.where;
  const where = row.kind === 'condition' ? row.term : joined(KINDS[row.match], row.rows.map(whereOf));
  return where && row.not ? negated(where) : where;
}
