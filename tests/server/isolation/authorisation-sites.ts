import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One authorisation, and what stands in its place in a source in which it can be taken away. */
export interface Site {
  /** Its number among all. */
  readonly number: number;
  readonly file: string;
  readonly line: number;
  readonly call: string;
  readonly start: number;
  readonly end: number;
  /** Asks `removed(number)`, a global function, whether it decides nothing any more. */
  readonly switched: string;
}

/** A transaction in which everybody is owner of everything; a call that gets it authorises nobody. */
export const UNCHECKED = `
export function unchecked(tx) {
  const { userId } = tx.actor;
  const get = (kind, id) => {
    const row = tx.get(kind, id);
    if (kind === 'member') return { ...(row ?? { id, projectId: id.slice(0, 36), userId: id.slice(37) }), role: 'owner' };
    if (row && 'userId' in row) return { ...row, userId };
    return row && 'authorId' in row ? { ...row, authorId: userId } : row;
  };
  return new Proxy(tx, { get: (target, key) => (key === 'get' ? get : Reflect.get(target, key)) });
}
`;
export const UNCHECKED_FILE = 'src/core/unchecked.ts';

interface Pattern {
  readonly in: RegExp;
  readonly find: RegExp;
  /** What is left without it: an expression where `find` finds an expression. */
  readonly replace: string;
  /** Where `find` finds no whole expression: both together, with `removed` where it is to be asked. */
  readonly switched?: string;
}

const PATTERNS: readonly Pattern[] = [
  // Calls of core that look at the actor's role or ownership through the transaction.
  {
    in: /^src\/core\//,
    find: /\b(authorize[A-Z]\w*|roleIn)\(tx,/g,
    replace: '$1(unchecked(tx),',
    switched: '$1(removed ? unchecked(tx) : tx,',
  },
  {
    in: /^src\/core\//,
    find: /\brequireRank\((?=role,)/g,
    replace: 'void (',
    switched: '(removed ? () => undefined : requireRank)(',
  },
  {
    in: /^src\/core\//,
    find: /\bownFavourite\((tx\.get\('favourite', args\.id\)), tx\.actor\.userId\)/g,
    replace: '$1',
  },
  { in: /^src\/core\//, find: /(?<=\|\| )\S+ !== tx\.actor\.userId/g, replace: 'false' },
  {
    in: /^src\/core\//,
    find: /tx\.get\('(?:label|filter)', targetId\)\?\.userId !== tx\.actor\.userId/g,
    replace: 'false',
  },
  { in: /^src\/core\//, find: /comment\.authorId === tx\.actor\.userId/g, replace: 'true' },
  { in: /^src\/core\//, find: /tx\.actor\.instanceRole === 'demo'/g, replace: 'false' },
  { in: /^src\/core\//, find: /account\.instanceRole === 'demo'/g, replace: 'false' },
  // Reads of the server: every scope has one owner, so this is every scope once.
  {
    in: /^src\/server\//,
    find: /\bfromVisibleScopes\((\w+), [^;\n]*?(?:\)|userId)\)(?=\n|;|\.| )/g,
    replace: "$1.selectFrom('access as a').where('a.role', '=', 'owner')",
  },
  {
    in: /^src\/server\/sync\//,
    find: /\.where\('access\.user_id', '=', userId\)/g,
    replace: ".where('access.role', '=', 'owner')",
    switched: ".where(removed ? 'access.role' : 'access.user_id', '=', removed ? 'owner' : userId)",
  },
  // Of streams: the rows of everybody, for everybody.
  {
    in: /^src\/server\/sync\//,
    find: /\.where\('access\.user_id', 'in', ([^\n]+)\)(\n\s+\.execute\(\);\n\s+for \(const \{ user_id, \.\.\.scope \} of )rows\)/g,
    replace: '$2users.flatMap((user_id) => rows.map((row) => ({ ...row, user_id }))))',
    switched:
      ".$if(!removed, (query) => query.where('access.user_id', 'in', $1))$2" +
      'removed ? users.flatMap((user_id) => rows.map((row) => ({ ...row, user_id }))) : rows)',
  },
  { in: /^src\/server\//, find: /client\.user_id !== userId/g, replace: 'false' },
  { in: /^src\/server\//, find: /known\.user_id !== request\.actor\.userId/g, replace: 'false' },
  { in: /^src\/server\//, find: /stored\.user_id !== actor\.userId/g, replace: 'false' },
  { in: /^src\/server\//, find: /session\?\.user_id === userId/g, replace: 'session' },
  { in: /^src\/server\//, find: /mutator\.serverOnly && actor\.source === 'web'/g, replace: 'false' },
  { in: /^src\/server\//, find: /authz\.demo === 'denied' && role === 'demo'/g, replace: 'false' },
  {
    in: /^src\/server\/auth\/session-cache/,
    find: /\.where\('user\.status', '=', 'active'\)/g,
    replace: '',
    switched: ".$if(!removed, (query) => query.where('user.status', '=', 'active'))",
  },
  {
    in: /^src\/server\/rest\//,
    find: /if \(changed\.replayed\) return undefined;/g,
    replace: '',
    switched: 'if (!removed && changed.replayed) return undefined;',
  },
];

interface Unreachable {
  readonly file: string;
  readonly call: RegExp;
  /** Of the mutator that it is in. */
  readonly within?: RegExp;
  readonly because: string;
}

/** Authorisations that nothing can get to: each with the reason why no request would show that it is gone. */
export const UNREACHABLE: readonly Unreachable[] = [
  {
    file: 'src/core/projects/member-mutators.ts',
    call: /authorizeProject/,
    within: /name: 'member\.refresh'/,
    because: 'no request runs it: the server does, about the own membership, and finds none where there is none',
  },
  {
    file: 'src/core/undo/undo-mutator.ts',
    call: /row\['userId'\]/,
    because: 'only own changes can be undone, and nobody changes rows of another user',
  },
];

/** Finds every authorisation in the source. Throws when a pattern finds none: the source was written differently since. */
export async function findSites(root: string): Promise<Site[]> {
  const files = (await readdir(join(root, 'src'), { recursive: true }))
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.includes('/testing/'))
    .toSorted();
  const sites: Site[] = [];
  const unused = new Set(PATTERNS);
  for (const file of files) {
    const source = await readFile(join(root, file), 'utf8');
    for (const pattern of PATTERNS) {
      if (!pattern.in.test(file)) continue;
      for (const match of source.matchAll(pattern.find)) {
        const line = source.slice(0, match.index).split('\n').length;
        const call = source.split('\n')[line - 1]?.trim() ?? '';
        if (/^(?:export )?function |^import /.test(call) || isUnreachable(file, call, source, match.index)) continue;
        unused.delete(pattern);
        const number = sites.length;
        const end = match.index + match[0].length;
        sites.push({
          number,
          file,
          line,
          call,
          start: match.index,
          end,
          switched: withSwitch(source, match, pattern, number),
        });
      }
    }
  }
  const [rotten] = unused;
  if (rotten) throw new Error(`Nothing in the source is like ${rotten.find.source} any more.`);
  return sites;
}

function isUnreachable(file: string, call: string, source: string, at: number): boolean {
  const within = source.slice(source.lastIndexOf('defineMutator(', at), at);
  return UNREACHABLE.some((each) => each.file === file && each.call.test(call) && (each.within?.test(within) ?? true));
}

function withSwitch(
  source: string,
  match: RegExpExecArray,
  { find, replace, switched }: Pattern,
  number: number,
): string {
  // Sticky, so that what the pattern expects around the match is still there.
  const here = new RegExp(find.source, 'y');
  here.lastIndex = match.index;
  const put = (text: string): string => {
    const changed = source.replace(here, text);
    return changed.slice(match.index, match.index + match[0].length + changed.length - source.length);
  };
  const asked = `removed(${number})`;
  if (switched !== undefined) return put(switched).replaceAll(/\bremoved\b/g, asked);
  return `(${asked} ? ${put(replace)} : ${match[0]})`;
}

/** The source of a file in which each of its authorisations can be taken away. */
export function withSwitches(source: string, sites: readonly Site[]): string {
  let text = source;
  for (const { start, end, switched } of sites.toSorted((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + switched + text.slice(end);
  }
  return text.includes('unchecked(tx)') ? `import { unchecked } from '#core/unchecked.ts';\n${text}` : text;
}
