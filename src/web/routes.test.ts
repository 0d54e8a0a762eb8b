import { expect, test } from 'vitest';
import { idOfRef, matchRoute, refOf, routes, safeNext, taskOver, withTask } from './routes.ts';

const id = '01936f00-0000-7000-8000-000000000001';

test('what href writes, parse reads', () => {
  const href = routes.project.href({ ref: `über-${id}` }, { t: id });
  const [path, search] = href.split('?');
  expect(routes.project.parse(path ?? '', search)).toEqual({ params: { ref: `über-${id}` }, query: { t: id } });
  expect(routes.projects.href({}, { archived: true })).toBe('/projects?archived=1');
  expect(routes.home.href({})).toBe('/');
});

test('links that add a task keep every character', () => {
  const query = { title: 'a & b', text: 'x?y=1\n#z', url: 'https://example.org/?a=b&c=%20' };
  const [path, search] = routes.add.href({}, query).split('?');
  expect(routes.add.parse(path ?? '', search)?.query).toEqual(query);
  expect(safeNext('/add?title=a')).toBe('/add?title=a');
});

test('links to a search keep what is looked for and where', () => {
  const [path, search] = routes.search.href({}, { q: 'öl & "gas"', in: 'comments' }).split('?');
  expect(routes.search.parse(path ?? '', search)?.query).toEqual({ q: 'öl & "gas"', in: 'comments' });
  expect(routes.search.parse('/search', '?q=x&in=elsewhere')?.query).toEqual({ q: 'x' });
});

test('a query keeps every character in its address', () => {
  const query = '(today | overdue) & @"50 % + more", "B" = #Größe & !p1';
  const [path, search] = routes.query.href({}, { query, t: id }).split('?');
  expect(routes.query.parse(path ?? '', search)?.query).toEqual({ query, t: id });
  expect(safeNext(`/q?${search}`)).toBe(`/q?${search}`);
});

test('a path belongs to one route, with or without a slash at its end', () => {
  expect(matchRoute('/')).toBe('home');
  expect(matchRoute('/today')).toBe('today');
  expect(matchRoute('/today/')).toBe('today');
  expect(matchRoute('/settings')).toBe('settings');
  expect(matchRoute('/settings/account')).toBe('settingsSection');
  expect(matchRoute('/today/x')).toBeUndefined();
  expect(matchRoute('/p/%E0%A4%A')).toBeUndefined();
});

test('faulty query parameters count as absent', () => {
  expect(routes.today.parse('/today', '?t=12')?.query).toEqual({});
  expect(routes.upcoming.parse('/upcoming', '?from=tomorrow&x=1')?.query).toEqual({});
});

test('a reference has a readable slug, and only its id counts', () => {
  expect(refOf({ id, name: 'Café & Küche, 2026!' })).toBe(`cafe-kuche-2026-${id}`);
  expect(refOf({ id, name: '🌱' })).toBe(id);
  expect(refOf({ id, name: '買い物' })).toBe(`買い物-${id}`);
  expect(idOfRef(`anything-${id}`)).toBe(id);
  expect(idOfRef(id)).toBe(id);
  expect(idOfRef(`x${id}`)).toBeUndefined();
  expect(idOfRef('home')).toBeUndefined();
});

test('a task opens over any view and leaves the rest of the location alone', () => {
  expect(withTask('/upcoming', '?from=2026-11-18', id)).toBe(`/upcoming?from=2026-11-18&t=${id}`);
  expect(withTask('/today', `?t=${id}`, null)).toBe('/today');
  expect(taskOver(`?t=${id}`)).toBe(id);
  expect(taskOver('?t=nope')).toBeNull();
});

test('after signing in only a path of this app is followed', () => {
  expect(safeNext('/inbox?t=1')).toBe('/inbox?t=1');
  for (const foreign of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/nowhere',
    '/login',
    undefined,
  ]) {
    expect(safeNext(foreign)).toBe('/');
  }
});
