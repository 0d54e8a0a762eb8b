import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One authorisation, and the source in which it decides nothing any more. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly call: string;
  readonly disarmed: string;
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
  readonly replace: string;
}

const PATTERNS: readonly Pattern[] = [
  // Calls of core that look at the actor's role or ownership through the transaction.
  { in: /^src\/core\//, find: /\b(authorize[A-Z]\w*|roleIn)\(tx,/g, replace: '$1(unchecked(tx),' },
  { in: /^src\/core\//, find: /\brequireRank\((?=role,)/g, replace: 'void (' },
  {
    in: /^src\/core\//,
    find: /\bownFavourite\((tx\.get\('favourite', args\.id\)), tx\.actor\.userId\)/g,
    replace: '$1',
  },
  { in: /^src\/core\//, find: /(?<=\|\| )\S+ !== tx\.actor\.userId/g, replace: 'false' },
  { in: /^src\/core\//, find: /tx\.get\('label', targetId\)\?\.userId !== tx\.actor\.userId/g, replace: 'false' },
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
  },
  {
    in: /^src\/server\/sync\//,
    find: /scopes\.set\(user_id, \[\.\.\.\(scopes\.get\(user_id\) \?\? \[\]\), scope_id\]\)/g,
    replace: 'for (const each of users) scopes.set(each, [...(scopes.get(each) ?? []), scope_id])',
  },
  { in: /^src\/server\/sync\//, find: /\.where\('user_id', 'in', [^)]*\)\)/g, replace: '' },
  { in: /^src\/server\//, find: /client\.user_id !== userId/g, replace: 'false' },
  { in: /^src\/server\//, find: /known\.user_id !== request\.actor\.userId/g, replace: 'false' },
  { in: /^src\/server\//, find: /stored\.user_id !== actor\.userId/g, replace: 'false' },
  { in: /^src\/server\//, find: /session\?\.user_id === userId/g, replace: 'session' },
  { in: /^src\/server\//, find: /mutator\.serverOnly && actor\.source === 'web'/g, replace: 'false' },
  { in: /^src\/server\//, find: /authz\.demo === 'denied' && role === 'demo'/g, replace: 'false' },
  { in: /^src\/server\/auth\/session-cache/, find: /\.where\('user\.status', '=', 'active'\)/g, replace: '' },
  { in: /^src\/server\/rest\//, find: /if \(changed\.replayed\) return undefined;/g, replace: '' },
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

/** Finds every authorisation in the source; half of a pair of patterns that belong together is no site of its own. */
export async function findSites(root: string): Promise<Site[]> {
  const files = (await readdir(join(root, 'src'), { recursive: true }))
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.includes('/testing/'))
    .toSorted();
  const sites: Site[] = [];
  for (const file of files) {
    const source = await readFile(join(root, file), 'utf8');
    for (const { in: where, find, replace } of PATTERNS) {
      if (!where.test(file)) continue;
      for (const match of source.matchAll(find)) {
        const line = source.slice(0, match.index).split('\n').length;
        const text = source.split('\n')[line - 1]?.trim() ?? '';
        if (/^(?:export )?function |^import /.test(text)) continue;
        const within = source.slice(source.lastIndexOf('defineMutator(', match.index), match.index);
        const isUnreachable = UNREACHABLE.some(
          (each) => each.file === file && each.call.test(text) && (each.within?.test(within) ?? true),
        );
        if (isUnreachable) continue;
        const isPair = replace === '' && file.includes('stream-repository');
        if (isPair) continue;
        sites.push({ file, line, call: text, disarmed: disarm(source, match, find, replace, file) });
      }
    }
  }
  return sites;
}

function disarm(source: string, match: RegExpExecArray, find: RegExp, replace: string, file: string): string {
  // Sticky, so that what the pattern expects behind the match is still there.
  const here = new RegExp(find.source, 'y');
  here.lastIndex = match.index;
  let text = source.replace(here, replace);
  // Of streams, the choice of rows and the choice of whom they are for are one authorisation.
  if (file.includes('stream-repository')) {
    text = text.replace(/\n\s*\.where\('user_id', 'in', [^\n]*/, '');
  }
  return text.includes('unchecked(tx)') ? `import { unchecked } from '#core/unchecked.ts';\n${text}` : text;
}
