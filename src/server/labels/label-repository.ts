import { notFound } from '#core/errors.ts';
import { type Label, labelKey } from '#core/labels/label.ts';
import { rankAtEnd, rankAtStart } from '#core/ordering.ts';
import { can, ROLES } from '#core/projects/role.ts';
import type { Database, Db } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { LabelTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

function visibleLabels(db: Db, userId: string) {
  return fromVisibleScopes(db, userId)
    .innerJoin('label as l', 'l.scope_id', 'a.scope_id')
    .select(columnsOf('label').map((column) => `l.${column}` as const));
}

const ALL = prepareQuery<{ readonly userId: string }, LabelTable>((db, param) =>
  visibleLabels(db, param('userId')).orderBy('l.rank').orderBy('l.id'),
);
const ONE = prepareQuery<{ readonly userId: string; readonly id: string }, LabelTable>((db, param) =>
  visibleLabels(db, param('userId')).where('l.id', '=', param('id')),
);

/** The labels of the user, in their order. */
export async function listLabels(database: Database, userId: string): Promise<Label[]> {
  return (await ALL.all(database, { userId })).map((row) => decodeRow('label', row));
}

export async function getLabel(database: Database, userId: string, id: string): Promise<Label> {
  const stored = await ONE.first(database, { userId, id });
  if (!stored) throw notFound('label');
  return decodeRow('label', stored);
}

export async function rankForLabel(database: Database, userId: string, position: 'start' | 'end'): Promise<string> {
  const labels = await listLabels(database, userId);
  return position === 'end' ? rankAtEnd(labels) : rankAtStart(labels);
}

const WRITERS = ROLES.filter((role) => can(role, 'task.write'));

const LABELLED = prepareQuery<{ readonly userId: string }, { id: string; labels: string }>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .where('a.role', 'in', WRITERS)
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .where('p.archived_at', 'is', null)
    .innerJoin('task as t', 't.scope_id', 'a.scope_id')
    .where('t.labels', '<>', '[]')
    .select(['t.id', 't.labels'])
    // What is in the trash comes first: only the mutator of the label itself reaches it there.
    .orderBy((eb) => eb.case().when('t.deleted_at', 'is', null).then(1).else(0).end())
    .orderBy('t.id'),
);

export interface LabelledTask {
  readonly id: string;
  readonly labels: readonly string[];
}

/** The tasks that carry a label, in any case, and that the user may change. */
export async function listLabelled(database: Database, userId: string, name: string): Promise<LabelledTask[]> {
  const key = labelKey(name);
  return (await LABELLED.all(database, { userId }))
    .map(({ id, labels }) => ({ id, labels: JSON.parse(labels) as string[] }))
    .filter(({ labels }) => labels.some((each) => labelKey(each) === key));
}
