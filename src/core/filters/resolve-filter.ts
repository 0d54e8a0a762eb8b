import {
  type Condition,
  type IdColumn,
  type Life,
  type NullableColumn,
  type Pattern,
  isLike,
  type ResolvedPane,
} from './conditions.ts';
import {
  type Expression,
  type Filter,
  type Flag,
  foldCase,
  type NameRef,
  type Pane,
  type PersonTerm,
  type ProjectTerm,
  type Term,
  type TextTerm,
} from './filter.ts';
import type { FilterContext } from './filter-context.ts';
import { boundsOf, resolveDate } from './resolve-dates.ts';

/** What a filter asks for one user at one moment; pure, so that both back ends ask the same. */
export function resolveFilter(filter: Filter, context: FilterContext): ResolvedPane[] {
  return filter.panes.map((pane) => resolvePane(pane, context));
}

export function resolvePane(pane: Pane, context: FilterContext): ResolvedPane {
  return {
    title: pane.title,
    where: resolveExpression(pane.where, context),
    life: lifeOf(pane.where),
    sort: pane.sort.length > 0 ? pane.sort : DEFAULT_SORT,
    group: pane.group ?? 'none',
    limit: pane.limit,
    with: pane.with,
  };
}

const DEFAULT_SORT = [
  { key: 'due', descending: false },
  { key: 'priority', descending: false },
] as const;

/** Completed tasks and those in the trash are asked for by name only, anywhere in the expression. */
export function lifeOf(where: Expression): Life {
  const terms = [...termsOf(where)];
  const isDone = terms.some(
    (term) => (term.kind === 'flag' && term.flag === 'done') || (term.kind === 'date' && term.field === 'completed'),
  );
  return { isOpen: !isDone, isKept: !terms.some((term) => term.kind === 'flag' && term.flag === 'deleted') };
}

export function* termsOf(expression: Expression): Generator<Term> {
  if (expression.kind === 'not') yield* termsOf(expression.of);
  else if (expression.kind === 'and' || expression.kind === 'or')
    for (const each of expression.of) yield* termsOf(each);
  else yield expression;
}

export function resolveExpression(expression: Expression, context: FilterContext): Condition {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { test: expression.kind, of: expression.of.map((each) => resolveExpression(each, context)) };
    case 'not':
      return not(resolveExpression(expression.of, context));
    default:
      return resolveTerm(expression, context);
  }
}

function resolveTerm(term: Term, context: FilterContext): Condition {
  switch (term.kind) {
    case 'project':
      return idIn('projectId', projectIds(term, context));
    case 'section':
      return idIn('sectionId', idsOf(term.name, context.sections));
    case 'label':
      return { test: 'label', patterns: labelPatterns(term.name, context) };
    case 'person':
      return resolvePerson(term, context);
    case 'date':
      return resolveDate(term, context);
    case 'number': {
      const { from, to } = boundsOf(term.op, { first: term.value, last: term.value });
      return { test: 'number', field: term.field, from, to };
    }
    case 'flag':
      return FLAG_CONDITIONS[term.flag](context);
    case 'text':
      return contains(term);
  }
}

function idsOf(name: NameRef, rows: readonly { readonly id: string; readonly name: string }[]): readonly string[] {
  if ('ids' in name) return name.ids;
  const pattern = folded(name.pattern);
  return rows.filter((row) => isLike(foldCase(row.name), pattern)).map(({ id }) => id);
}

function folded(pattern: Pattern): Pattern {
  return pattern.map(foldCase);
}

function projectIds({ name, descendants }: ProjectTerm, { projects }: FilterContext): readonly string[] {
  const found = idsOf(name, projects);
  if (!descendants) return found;
  const children = Map.groupBy(projects, ({ parentId }) => parentId);
  // A set goes on to those that are added while it is walked, and knows each once even if parents form a ring.
  const ids = new Set(found);
  for (const id of ids) for (const child of children.get(id) ?? []) ids.add(child.id);
  return [...ids];
}

/** A label of the name that was meant; renamed labels by the name that tasks carry now. */
function labelPatterns(name: NameRef, { labels }: FilterContext): readonly Pattern[] {
  if ('pattern' in name) return [folded(name.pattern)];
  const current = labels.filter(({ id }) => name.ids.includes(id)).map((label) => [foldCase(label.name)]);
  return current.length > 0 ? current : [[foldCase(name.name)]];
}

function resolvePerson({ role, person }: PersonTerm, context: FilterContext): Condition {
  const column = role === 'assignee' ? 'assigneeId' : 'createdBy';
  const isThem = resolvePeople(column, person, context);
  return role === 'assigner' ? { test: 'and', of: [notNull('assigneeId'), isThem] } : isThem;
}

function resolvePeople(
  column: 'assigneeId' | 'createdBy',
  person: PersonTerm['person'],
  context: FilterContext,
): Condition {
  const isMe = idIn(column, [context.userId]);
  if (person === 'me') return isMe;
  if (person === 'nobody') return column === 'assigneeId' ? { test: 'null', column } : NEVER;
  if (person === 'others')
    return column === 'assigneeId' ? { test: 'and', of: [notNull(column), not(isMe)] } : not(isMe);
  if ('ids' in person) return idIn(column, person.ids);
  const pattern = folded(person.pattern);
  const ids = context.members
    .filter(
      ({ displayName, username }) => isLike(foldCase(displayName), pattern) || isLike(foldCase(username), pattern),
    )
    .map(({ userId }) => userId);
  return idIn(column, [...new Set(ids)]);
}

function contains({ in: where, text }: TextTerm): Condition {
  return { test: 'contains', columns: where === 'title' ? ['title'] : ['title', 'description'], text: foldCase(text) };
}

const NEVER: Condition = { test: 'constant', value: false };

function not(of: Condition): Condition {
  return { test: 'not', of };
}

function isNull(column: NullableColumn): Condition {
  return { test: 'null', column };
}

function notNull(column: NullableColumn): Condition {
  return not(isNull(column));
}

function idIn(column: IdColumn, ids: readonly string[]): Condition {
  return { test: 'in', column, ids };
}

function searchText(text: string): Condition {
  return { test: 'contains', columns: ['title', 'description'], text };
}

/** Projects in which somebody else is, too. */
function sharedProjects({ members, userId }: FilterContext): readonly string[] {
  return [...new Set(members.filter((member) => member.userId !== userId).map(({ projectId }) => projectId))];
}

const FLAG_CONDITIONS: Readonly<Record<Flag, (context: FilterContext) => Condition>> = {
  all: () => ({ test: 'constant', value: true }),
  recurring: () => notNull('recurrence'),
  subtask: () => notNull('parentId'),
  parent: () => ({ test: 'number', field: 'subtasks', from: 1, to: null }),
  assigned: () => notNull('assigneeId'),
  shared: (context) => idIn('projectId', sharedProjects(context)),
  evening: () => ({ test: 'true', column: 'evening' }),
  noDate: () => ({ test: 'and', of: [isNull('date'), isNull('deadline')] }),
  noTime: () => isNull('time'),
  noDeadline: () => isNull('deadline'),
  noDuration: () => isNull('duration'),
  noLabels: () => ({ test: 'noLabels' }),
  noSection: () => isNull('sectionId'),
  hasReminder: () => NEVER,
  hasFile: () => NEVER,
  hasComment: () => ({ test: 'number', field: 'comments', from: 1, to: null }),
  hasLink: () => ({ test: 'or', of: [searchText('http://'), searchText('https://')] }),
  hasDescription: () => not({ test: 'empty', column: 'description' }),
  done: () => notNull('completedAt'),
  deleted: () => notNull('deletedAt'),
  blocked: () => NEVER,
};
