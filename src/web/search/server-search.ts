import type { Highlighted, TextRange } from '#core/search/highlight.ts';
import type { HttpClient } from '#web/api/http-client.ts';

const KINDS = ['task', 'project', 'label', 'comment'] as const;

export interface ServerHit {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
  /** Of the task itself, or the one that a comment is about. */
  readonly taskId: string | null;
  readonly title: Highlighted;
  readonly snippet: Highlighted | null;
  /** Has words of the query in its labels, which the answer does not tell. */
  readonly inLabels: boolean;
  readonly completed: boolean;
  readonly archived: boolean;
}

/** Longer queries are refused. */
export const QUERY_MAX = 200;
const LIMIT = 50;
/** The first pages may hold nothing that is new to this device. */
const PAGES_MAX = 4;

/** Asks the server, which also finds what this device does not hold. Another version of it may tell more or less. */
export async function searchServer(http: HttpClient, text: string, signal: AbortSignal): Promise<readonly ServerHit[]> {
  const hits: ServerHit[] = [];
  let cursor: unknown;
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = new URLSearchParams({ q: text.slice(0, QUERY_MAX), limit: String(LIMIT) });
    if (typeof cursor === 'string') query.set('cursor', cursor);
    const answer = await http.request<{ readonly items?: unknown; readonly nextCursor?: unknown }>(
      'GET',
      `/search?${query}`,
      { signal },
    );
    const items = Array.isArray(answer.items) ? (answer.items as readonly unknown[]) : [];
    hits.push(...items.map(readHit).filter((hit) => hit !== undefined));
    cursor = answer.nextCursor;
    if (typeof cursor !== 'string') break;
  }
  return hits;
}

function readHit(value: unknown): ServerHit | undefined {
  const { kind: given, id, taskId, title, snippet, ...more } = (value ?? {}) as Record<string, unknown>;
  const kind = KINDS.find((each) => each === given);
  if (typeof id !== 'string' || kind === undefined) return undefined;
  return {
    kind,
    id,
    taskId: kind === 'task' ? id : typeof taskId === 'string' ? taskId : null,
    title: readHighlighted(title) ?? { text: '', ranges: [] },
    snippet: readHighlighted(snippet) ?? null,
    inLabels: Array.isArray(more['foundIn']) && more['foundIn'].includes('label'),
    completed: more['completed'] === true,
    archived: more['archived'] === true,
  };
}

function readHighlighted(value: unknown): Highlighted | undefined {
  if (typeof value === 'string') return { text: value, ranges: [] };
  const { text, ranges } = (value ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string') return undefined;
  return { text, ranges: Array.isArray(ranges) ? ranges.filter(isRange) : [] };
}

function isRange(value: unknown): value is TextRange {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isInteger(each));
}
