import type { BuilderRow, ConditionRow, GroupRow, Match } from '#core/filters/builder-rows.ts';
import type { Term } from '#core/filters/filter.ts';

const TODAY: Term = { kind: 'date', field: 'due', op: 'eq', value: { type: 'days', from: 0, to: 0 } };
const OVERDUE: Term = { ...TODAY, op: 'lt' };
const URGENT: Term = { kind: 'number', field: 'priority', op: 'eq', value: 1 };

/** A condition to begin with: the first of these that the others are not about. */
export function newCondition(rows: readonly BuilderRow[]): ConditionRow {
  const kinds = rows.map((row) => (row.kind === 'condition' ? row.term.kind : null));
  return condition(kinds.includes('date') ? URGENT : TODAY);
}

/** Two alternatives where all must hold; two that must both hold where any will do. */
export function newGroup(match: Match): GroupRow {
  const terms = match === 'all' ? [TODAY, OVERDUE] : [TODAY, URGENT];
  return { kind: 'group', not: false, match: match === 'all' ? 'any' : 'all', rows: terms.map(condition) };
}

function condition(term: Term): ConditionRow {
  return { kind: 'condition', not: false, term };
}
