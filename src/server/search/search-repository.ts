import { sql } from 'kysely';
import type { Database } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { findMatches, type FoundKind } from './search-matches.ts';
import { highlight, type Highlighted, isWanted, snippet } from './highlight.ts';
import { searchWords } from './search-words.ts';

export interface SearchHit {
  readonly kind: FoundKind;
  readonly id: string;
  readonly projectId: string;
  /** The task of a comment, else null. */
  readonly taskId: string | null;
  /** Name of the project or title of the task. */
  readonly title: Highlighted;
  /** From the description or the comment; null when nothing was found there. */
  readonly snippet: Highlighted | null;
  /** Of the task; null for projects. */
  readonly completed: boolean | null;
}

interface Candidate {
  readonly kind: FoundKind;
  readonly id: string;
  readonly scope_id: string;
  readonly task_id: string | null;
  readonly title: string;
  readonly completed_at: number | null;
  readonly updated_at: number;
}

interface IdsParams {
  readonly ids: string;
}

function among(ids: string, engine: Engine) {
  return engine === 'sqlite'
    ? sql<string>`(select value from json_each(${ids}))`
    : sql<string>`(select jsonb_array_elements_text(${ids}::jsonb))`;
}

/** Only ids that `findMatches` returned for the user may be asked for: it decided who sees them. */
const CANDIDATES = prepareQuery<IdsParams, Candidate>((db, param, engine) =>
  db
    .selectFrom('task as t')
    .innerJoin('project as p', 'p.scope_id', 't.scope_id')
    .where('t.id', 'in', among(param('ids'), engine))
    .where('t.deleted_at', 'is', null)
    .where('p.deleted_at', 'is', null)
    .select([
      sql.lit('task').as('kind'),
      't.id',
      't.scope_id',
      sql<string | null>`cast(null as text)`.as('task_id'),
      't.title',
      't.completed_at',
      't.updated_at',
    ])
    .unionAll(
      db
        .selectFrom('project as p')
        .where('p.id', 'in', among(param('ids'), engine))
        .where('p.deleted_at', 'is', null)
        .select([
          sql.lit('project').as('kind'),
          'p.id',
          'p.scope_id',
          sql<string | null>`cast(null as text)`.as('task_id'),
          'p.name as title',
          sql<number | null>`cast(null as bigint)`.as('completed_at'),
          'p.updated_at',
        ]),
    )
    .unionAll(
      db
        .selectFrom('comment as c')
        .innerJoin('task as t', 't.id', 'c.task_id')
        .innerJoin('project as p', 'p.scope_id', 'c.scope_id')
        .where('c.id', 'in', among(param('ids'), engine))
        .where('c.deleted_at', 'is', null)
        .where('t.deleted_at', 'is', null)
        .where('p.deleted_at', 'is', null)
        .select([
          sql.lit('comment').as('kind'),
          'c.id',
          'c.scope_id',
          'c.task_id',
          't.title',
          't.completed_at',
          'c.updated_at',
        ]),
    ),
);

const TEXTS = prepareQuery<IdsParams, { id: string; text: string }>((db, param, engine) =>
  db
    .selectFrom('task')
    .where('id', 'in', among(param('ids'), engine))
    .select(['id', 'description as text'])
    .unionAll(
      db
        .selectFrom('comment')
        .where('id', 'in', among(param('ids'), engine))
        .select(['id', 'body as text']),
    ),
);

/** The best matches among what the user may see. */
export async function search(
  database: Database,
  { userId, text, kind, limit }: { userId: string; text: string; kind: FoundKind | undefined; limit: number },
): Promise<SearchHit[]> {
  const wanted = searchWords(text);
  const matches = await findMatches(database, userId, text);
  const ids = matches.filter((match) => kind === undefined || match.kind === kind).map((match) => match.eid);
  if (ids.length === 0) return [];
  const candidates = await CANDIDATES.all(database, { ids: JSON.stringify(ids) });
  const best = candidates.toSorted(byRelevance(wanted)).slice(0, limit);
  const texts = await TEXTS.all(database, { ids: JSON.stringify(best.map((each) => each.id)) });
  const textById = new Map(texts.map((row) => [row.id, row.text]));
  return best.map((each) => ({
    kind: each.kind,
    id: each.id,
    projectId: each.scope_id.slice(2),
    taskId: each.task_id,
    title: highlight(each.title, wanted),
    snippet: snippet(textById.get(each.id) ?? '', wanted),
    completed: each.kind === 'project' ? null : each.completed_at !== null,
  }));
}

const KIND_ORDER: Readonly<Record<FoundKind, number>> = { project: 0, task: 1, comment: 2 };

/** What has every word in its title first, open before completed, then the last changed. Equal on both engines. */
function byRelevance(wanted: readonly string[]) {
  const gradeOf = (each: Candidate): readonly number[] => {
    const words = searchWords(each.title);
    const inTitle = wanted.filter((_, n) => words.some((word) => isWanted(word, wanted, n)));
    const isWhole = words.length === wanted.length && inTitle.length === wanted.length;
    return [
      isWhole ? 0 : 1,
      each.kind === 'comment' ? wanted.length : wanted.length - inTitle.length,
      KIND_ORDER[each.kind],
      each.completed_at === null ? 0 : 1,
      -each.updated_at,
    ];
  };
  const grades = new Map<Candidate, readonly number[]>();
  const grade = (each: Candidate): readonly number[] => {
    let known = grades.get(each);
    if (!known) grades.set(each, (known = gradeOf(each)));
    return known;
  };
  return (a: Candidate, b: Candidate): number => {
    const [left, right] = [grade(a), grade(b)];
    for (const [i, value] of left.entries()) if (value !== right[i]) return value - (right[i] ?? 0);
    return a.id < b.id ? -1 : 1;
  };
}
