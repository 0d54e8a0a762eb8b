import { sql } from 'kysely';
import { highlight, type Highlighted, snippet } from '#core/search/highlight.ts';
import { FEW } from '#core/search/search-index.ts';
import { parseSearch, type SearchQuery } from '#core/search/search-query.ts';
import type { Database } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { findMatches, type FoundKind, searchedScopes, type WantedWords } from './search-matches.ts';
import { compareRanks, hasTypo, isNamed, labelsOf, type Rank, type Ranked, rankOf } from './search-ranking.ts';
import { similarWordsInUse } from './similar-words-in-use.ts';

/** Which texts of a hit have words of the query. */
export type FoundIn = 'title' | 'label' | 'description' | 'comment' | 'name';

export interface SearchHit {
  readonly kind: FoundKind;
  readonly id: string;
  /** Null for labels. */
  readonly projectId: string | null;
  /** The task of a comment, else null. */
  readonly taskId: string | null;
  /** Name of the project or label, title of the task. */
  readonly title: Highlighted;
  /** From the description or the comment; null when nothing was found there. */
  readonly snippet: Highlighted | null;
  readonly foundIn: readonly FoundIn[];
  /** Of the task; null for projects and labels. */
  readonly completed: boolean | null;
  /** Whether it is in an archived project. */
  readonly archived: boolean;
}

export interface RankedHit {
  readonly hit: SearchHit;
  readonly rank: Rank;
}

interface Candidate extends Ranked {
  readonly scope_id: string;
  readonly task_id: string | null;
}

interface IdsParams {
  readonly ids: string;
}

function among(ids: string, engine: Engine) {
  return engine === 'sqlite'
    ? sql<string>`(select value from json_each(${ids}))`
    : sql<string>`(select jsonb_array_elements_text(${ids}::jsonb))`;
}

const noText = sql<string | null>`cast(null as text)`;

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
      noText.as('task_id'),
      't.title',
      't.completed_at',
      't.updated_at',
      'p.archived_at',
      sql<string | null>`t.labels`.as('labels'),
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
          noText.as('task_id'),
          'p.name as title',
          sql<number | null>`cast(null as bigint)`.as('completed_at'),
          'p.updated_at',
          'p.archived_at',
          noText.as('labels'),
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
          'p.archived_at',
          noText.as('labels'),
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

/** A person has few labels, and only their own: read all, instead of an index of them. */
const LABELS = prepareQuery<{ readonly userId: string }, Omit<Candidate, 'kind'>>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('label as l', 'l.scope_id', 'a.scope_id')
    .select([
      'l.id',
      'l.scope_id',
      noText.as('task_id'),
      'l.name as title',
      sql<number | null>`cast(null as bigint)`.as('completed_at'),
      'l.updated_at',
      sql<number | null>`cast(null as bigint)`.as('archived_at'),
      noText.as('labels'),
    ]),
);

export interface SearchRequest {
  readonly userId: string;
  readonly text: string;
  readonly kind: FoundKind | undefined;
  readonly limit: number;
  /** The rank behind which the page begins. */
  readonly after?: Rank | undefined;
}

/** At most `limit` matches among what the user may see, the best first. */
export async function search(database: Database, request: SearchRequest): Promise<RankedHit[]> {
  const { userId, text, kind, limit, after } = request;
  const query = parseSearch(text);
  if (query.terms.length === 0) return [];
  const { found, withTypos } = await findCandidates(database, userId, query);
  const ranked = found
    .filter((each) => kind === undefined || each.kind === kind)
    .map((each) => ({ each, rank: rankOf(each, query, withTypos) }))
    .filter(({ rank }) => !after || compareRanks(rank, after) > 0)
    .toSorted((a, b) => compareRanks(a.rank, b.rank))
    .slice(0, limit);
  const texts = await TEXTS.all(database, { ids: JSON.stringify(ranked.map(({ each }) => each.id)) });
  const textById = new Map(texts.map((row) => [row.id, row.text]));
  return ranked.map(({ each, rank }) => {
    const body = textById.get(each.id) ?? '';
    return { hit: hitOf(each, body, query, withTypos && hasTypo(each, body, query)), rank };
  });
}

interface Found {
  readonly found: readonly Candidate[];
  readonly withTypos: boolean;
}

/** As on a device, slips of the finger are allowed for where little is found as it was typed. */
async function findCandidates(database: Database, userId: string, query: SearchQuery): Promise<Found> {
  const scopes = await searchedScopes(database, userId);
  const labels = (await LABELS.all(database, { userId })).map((label) => ({ ...label, kind: 'label' as const }));
  const lookUp = async (withTypos: boolean, wanted: readonly WantedWords[]): Promise<Found> => {
    const matches = await findMatches(database, scopes, wanted);
    const ids = JSON.stringify(matches.map((match) => match.eid));
    const rows = matches.length === 0 ? [] : await CANDIDATES.all(database, { ids });
    return { found: [...rows, ...labels.filter(({ title }) => isNamed(title, query, withTypos))], withTypos };
  };
  const { terms } = query;
  const exact = await lookUp(
    false,
    terms.map(({ forms }) => ({ forms, similar: [] })),
  );
  if (exact.found.length >= FEW || terms.every((term) => term.typos === 0)) return exact;
  const similar = await similarWordsInUse(database, scopes, terms);
  return lookUp(
    true,
    terms.map(({ forms }, n) => ({ forms, similar: similar[n] ?? [] })),
  );
}

function hitOf(each: Candidate, text: string, query: SearchQuery, typo: boolean): SearchHit {
  const title = highlight(each.title, query, typo);
  const part = snippet(text, query, typo);
  const isPlace = each.kind === 'project' || each.kind === 'label';
  return {
    kind: each.kind,
    id: each.id,
    projectId: each.kind === 'label' ? null : each.scope_id.slice(2),
    taskId: each.task_id,
    title,
    snippet: part,
    foundIn: isPlace ? ['name'] : foundIn(each, title, part, (name) => highlight(name, query, typo)),
    completed: isPlace ? null : each.completed_at !== null,
    archived: each.archived_at !== null,
  };
}

function foundIn(
  each: Candidate,
  title: Highlighted,
  part: Highlighted | null,
  mark: (text: string) => Highlighted,
): readonly FoundIn[] {
  if (each.kind === 'comment') return ['comment'];
  const places: Readonly<Partial<Record<FoundIn, boolean>>> = {
    title: title.ranges.length > 0,
    label: labelsOf(each).some((name) => mark(name).ranges.length > 0),
    description: part !== null,
  };
  return (Object.keys(places) as FoundIn[]).filter((place) => places[place]);
}
