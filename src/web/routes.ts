import { isUuid } from '#core/ids.ts';

/** How one query parameter is read and written. Reading anything but what writing makes gives undefined. */
interface QueryCodec<T> {
  read(text: string): T | undefined;
  write(value: T): string;
}

type QueryCodecs = Readonly<Record<string, QueryCodec<unknown>>>;
type QueryOf<Q extends QueryCodecs> = { readonly [K in keyof Q]?: Q[K] extends QueryCodec<infer T> ? T : never };

type ParamNames<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? ParamNames<Head> | ParamNames<Tail>
  : Path extends `:${infer Name}`
    ? Name
    : never;
type ParamsOf<Path extends string> = { readonly [K in ParamNames<Path>]: string };

export interface ParsedRoute<Path extends string, Q extends QueryCodecs> {
  readonly params: ParamsOf<Path>;
  readonly query: QueryOf<Q>;
}

export interface Route<Path extends string = string, Q extends QueryCodecs = QueryCodecs> {
  readonly pattern: Path;
  href(params: ParamsOf<Path>, query?: QueryOf<Q>): string;
  /** Undefined when the path is another route's. Faulty query parameters are left out. */
  parse(pathname: string, search?: string): ParsedRoute<Path, Q> | undefined;
}

export function route<const Path extends string, Q extends QueryCodecs = Record<never, never>>(
  pattern: Path,
  codecs?: Q,
): Route<Path, Q> {
  const parts = pattern.split('/').slice(1);
  const query: QueryCodecs = codecs ?? {};
  return {
    pattern,
    href(params, given = {}) {
      const values = params as Readonly<Record<string, string>>;
      const path = parts.map((part) => (part.startsWith(':') ? encodeURIComponent(values[part.slice(1)] ?? '') : part));
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(given)) {
        if (value !== undefined) search.set(name, (query[name] as QueryCodec<unknown>).write(value));
      }
      return `/${path.join('/')}${search.size > 0 ? `?${search}` : ''}`;
    },
    parse(pathname, search = '') {
      const params = matchPath(parts, pathname);
      if (!params) return undefined;
      const found: Record<string, unknown> = {};
      const given = new URLSearchParams(search);
      for (const [name, codec] of Object.entries(query)) {
        const text = given.get(name);
        const value = text === null ? undefined : codec.read(text);
        if (value !== undefined) found[name] = value;
      }
      return { params: params as ParamsOf<Path>, query: found as QueryOf<Q> };
    },
  };
}

function matchPath(parts: readonly string[], pathname: string): Record<string, string> | undefined {
  const given = pathname.replace(/\/$/, '').split('/').slice(1);
  const wanted = parts.length === 1 && parts[0] === '' ? [] : parts;
  if (given.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== text) return undefined;
      continue;
    }
    const value = decode(text);
    if (!value) return undefined;
    params[part.slice(1)] = value;
  }
  return params;
}

/** A hand-typed `%` is not an escape; such a path is nobody's. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const text: QueryCodec<string> = { read: (value) => value || undefined, write: (value) => value };
const id: QueryCodec<string> = { read: (value) => (isUuid(value) ? value : undefined), write: (value) => value };
const flag: QueryCodec<boolean> = {
  read: (value) => (value === '1' ? true : undefined),
  write: (value) => (value ? '1' : '0'),
};
/** Where a search looks, when not everywhere. */
export type SearchPart = 'tasks' | 'projects' | 'comments';
const part: QueryCodec<SearchPart> = {
  read: (value) => (/^(tasks|projects|comments)$/.test(value) ? (value as SearchPart) : undefined),
  write: (value) => value,
};
const day: QueryCodec<string> = {
  read: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined),
  write: (value) => value,
};

/** `t` is the task that is open over the view. */
const overView = { t: id };

/** Every path of the web app; the only place where they are written. */
export const routes = {
  home: route('/'),
  inbox: route('/inbox', overView),
  today: route('/today', overView),
  upcoming: route('/upcoming', { ...overView, from: day }),
  project: route('/p/:ref', overView),
  label: route('/l/:ref', overView),
  filter: route('/f/:ref', overView),
  query: route('/q', { ...overView, query: text }),
  projects: route('/projects', { archived: flag }),
  labels: route('/labels'),
  filters: route('/filters'),
  task: route('/t/:id'),
  logbook: route('/logbook', { ...overView, project: id }),
  trash: route('/trash'),
  search: route('/search', { ...overView, q: text, in: part }),
  add: route('/add', { title: text, text, note: text, url: text }),
  settings: route('/settings'),
  settingsSection: route('/settings/:section'),
  login: route('/login', { next: text }),
  signup: route('/signup'),
  setup: route('/setup'),
} as const;

export type RouteName = keyof typeof routes;

/** The route that a path belongs to. */
export function matchRoute(pathname: string): RouteName | undefined {
  return (Object.keys(routes) as RouteName[]).find((name) => routes[name].parse(pathname));
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const SLUG_MAX = 48;

/** `slug-id`. The slug is for people: only the id is read. */
export function refOf({ id: target, name }: Named): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, SLUG_MAX)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? target : `${slug}-${target}`;
}

const UUID_LENGTH = 36;

export function idOfRef(ref: string): string | undefined {
  const found = ref.slice(-UUID_LENGTH);
  const before = ref.slice(0, -UUID_LENGTH);
  return isUuid(found) && (before === '' || before.endsWith('-')) ? found : undefined;
}

export function projectHref(project: Named): string {
  return routes.project.href({ ref: refOf(project) });
}

export function labelHref(label: Named): string {
  return routes.label.href({ ref: refOf(label) });
}

export function filterHref(filter: Named): string {
  return routes.filter.href({ ref: refOf(filter) });
}

/** The given location with another task over it, or with none. */
export function withTask(pathname: string, search: string, taskId: string | null): string {
  const query = new URLSearchParams(search);
  if (taskId === null) query.delete('t');
  else query.set('t', taskId);
  return query.size > 0 ? `${pathname}?${query}` : pathname;
}

/** The task that a location shows over its view. */
export function taskOver(search: string): string | null {
  const found = new URLSearchParams(search).get('t');
  return found !== null && isUuid(found) ? found : null;
}

/** Where to go after signing in: only a path of this app, or else an open redirect would be made. */
export function safeNext(next: string | undefined): string {
  if (!next || !/^\/(?![/\\])/.test(next)) return routes.home.href({});
  const name = matchRoute(next.split(/[?#]/, 1)[0] ?? '');
  return name === undefined || name === 'login' || name === 'signup' ? routes.home.href({}) : next;
}
