import { SEARCH_KINDS, type SearchKind } from '#core/search/search-entry.ts';
import type { SearchAnswer } from '#core/search/ranking.ts';
import type { SearchRow } from './search-rows.ts';

export type SearchOption =
  | { readonly type: 'row'; readonly key: string; readonly row: SearchRow }
  | { readonly type: 'more'; readonly key: string; readonly kind: SearchKind; readonly text: string }
  | { readonly type: 'recent'; readonly key: string; readonly text: string }
  | { readonly type: 'create'; readonly key: string; readonly text: string }
  | { readonly type: 'server'; readonly key: string; readonly text: string };

export interface SearchGroup {
  readonly key: string;
  readonly title: string;
  readonly options: readonly SearchOption[];
}

export const GROUP_TITLES: Readonly<Record<SearchKind, string>> = {
  task: 'Tasks',
  project: 'Projects',
  section: 'Sections',
  label: 'Labels',
  comment: 'Comments',
};

/** How many of a kind are shown before somebody asks for more, and then. */
const SHOWN: Readonly<Record<SearchKind, number>> = { task: 12, project: 4, section: 3, label: 4, comment: 5 };
export const SHOWN_MAX = 100;

const numberFormat = new Intl.NumberFormat();

export interface GroupOptions {
  readonly answer: SearchAnswer;
  /** Kinds of which all are shown. */
  readonly opened: ReadonlySet<SearchKind>;
  readonly kinds: readonly SearchKind[];
  readonly rowOf: (hit: SearchAnswer['hits'][SearchKind][number]) => SearchRow | undefined;
}

/** The results by kind. What has the best of all comes first: a project with just that name before a task about it. */
export function resultGroups({ answer, opened, kinds, rowOf }: GroupOptions): readonly SearchGroup[] {
  const best = (kind: SearchKind): number => answer.hits[kind][0]?.grade ?? Number.POSITIVE_INFINITY;
  const found = SEARCH_KINDS.filter((kind) => kinds.includes(kind) && answer.hits[kind].length > 0);
  return found
    .toSorted((a, b) => best(a) - best(b))
    .map((kind) => {
      const count = answer.counts[kind];
      const shown = opened.has(kind) ? SHOWN_MAX : SHOWN[kind];
      // For one more the line that offers it would be as long as itself.
      const hits = answer.hits[kind].slice(0, count === shown + 1 ? count : shown);
      const rows = hits.map(rowOf).filter((row) => row !== undefined);
      const options: SearchOption[] = rows.map((row) => ({ type: 'row', key: row.key, row }));
      if (count > hits.length && !opened.has(kind)) {
        const all = count > SHOWN_MAX ? `the first ${SHOWN_MAX} of ${numberFormat.format(count)}` : `all ${count}`;
        options.push({
          type: 'more',
          key: `more ${kind}`,
          kind,
          text: `Show ${all} ${GROUP_TITLES[kind].toLowerCase()}`,
        });
      }
      return { key: kind, title: GROUP_TITLES[kind], options };
    });
}
