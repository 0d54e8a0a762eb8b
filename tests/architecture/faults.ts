/** A fault that must not pass unseen: `npm run check` fails on it, with this rule or TypeScript error. */
export interface Fault {
  readonly title: string;
  readonly file: string;
  readonly code: string;
  readonly finds: string;
}

const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `export const n${i} = ${i};\n`).join('');
const statements = (count: number): string => Array.from({ length: count }, (_, i) => `  all.push(${i});\n`).join('');

/** What the planted files import. */
const surroundings: Readonly<Record<string, string>> = {
  'src/core/tasks/task.ts': 'export const title = (): string => "";\n',
  'src/core/tasks/task.test.ts':
    "import { expect, test } from 'vitest';\nimport * as fc from 'fast-check';\nimport { title } from './task.ts';\n" +
    "test('a title is empty', () => fc.assert(fc.property(fc.string(), () => expect(title()).toBe(''))));\n",
  'src/server/clock.ts': 'export const now = (): number => Date.now();\n',
  // TypeScript names only the first file that imports an outsider, so these two have one importer each.
  'src/server/for-core.ts': 'export const now = 1;\n',
  'src/server/for-web.ts': 'export const now = 1;\n',
  'src/server/tasks/task-repository.ts': 'export const findTask = async (): Promise<string> => "";\n',
  'src/web/pages/page.ts': 'export const page = "page";\n',
  'src/cli/output.ts': 'export const print = (text: string): void => console.log(text);\n',
  'tests/support/clock.ts': 'export const clock = 1;\n',
};

const importing = (title: string, file: string, specifier: string): Fault => ({
  title: `${title} imports ${specifier}`,
  file,
  code: `import * as x from '${specifier}';\nexport const y = x;\n`,
  finds: 'tend(imports)',
});

const layerFaults: readonly Fault[] = [
  importing('core', 'src/core/a1.ts', 'node:fs'),
  importing('core', 'src/core/a2.ts', '#server/clock.ts'),
  importing('core', 'src/core/a3.ts', '#web/pages/page.ts'),
  importing('core', 'src/core/a4.ts', 'kysely'),
  importing('core', 'src/core/a5.ts', 'vitest'),
  importing('a test of core', 'src/core/a6.test.ts', '#server/clock.ts'),
  importing('server', 'src/server/b1.ts', '#web/pages/page.ts'),
  importing('server', 'src/server/b2.ts', '#cli/output.ts'),
  importing('server', 'src/server/b3.ts', '#tests/support/clock.ts'),
  importing('web', 'src/web/c1.ts', '#server/clock.ts'),
  importing('web', 'src/web/c2.ts', 'node:path'),
  importing('web', 'src/web/c3.ts', '#tests/support/clock.ts'),
  importing('a user command', 'src/cli/d1.ts', '#server/clock.ts'),
  importing('an admin command', 'src/cli/admin/d2.ts', '#web/pages/page.ts'),
  importing('a feature', 'src/server/labels/e1.ts', '#server/tasks/task-repository.ts'),
  importing('the database layer', 'src/server/db/e2.ts', '#server/tasks/task-repository.ts'),
  importing('the HTTP layer', 'src/server/http/e3.ts', '#server/tasks/task-repository.ts'),
  importing('a basic component', 'src/web/ui/e4.ts', '#web/pages/page.ts'),
  importing('the replica', 'src/web/replica/e5.ts', '#web/pages/page.ts'),
  importing('a feature', 'src/server/labels/e6.ts', '../clock.ts'),
  {
    title: 'core imports the server at run time',
    file: 'src/core/f1.ts',
    code: "export const load = async (): Promise<unknown> => import('#server/clock.ts');\n",
    finds: 'tend(imports)',
  },
  {
    title: 'core exports something of the server',
    file: 'src/core/f2.ts',
    code: "export { now } from '#server/clock.ts';\n",
    finds: 'tend(imports)',
  },
  {
    title: 'core imports a type of the server',
    file: 'src/core/f3.ts',
    code: "import type { now } from '#server/clock.ts';\nexport type Now = typeof now;\n",
    finds: 'tend(imports)',
  },
];

const purityFaults: readonly Fault[] = [
  ['reads the clock', 'Date.now()', 'eslint(no-restricted-properties)'],
  ['rolls dice', 'Math.random()', 'eslint(no-restricted-properties)'],
  ['makes a date of now', 'new Date()', 'tend(no-ambient-date)'],
  ['makes a text of now', 'Date()', 'tend(no-ambient-date)'],
  ['asks Temporal for now', 'Temporal.Now.instant()', 'tend(no-ambient-date)'],
  ['reaches for the global object', 'globalThis', 'eslint(no-restricted-globals)'],
  ...['process', 'fetch', 'document', 'setTimeout', 'crypto', 'console', 'Buffer', 'window'].map(
    (name) => [`knows ${name}`, `typeof ${name}.toString`, 'TS'] as const,
  ),
].map(([title, code, finds], index) => ({
  title: `core ${title}`,
  file: `src/core/purity-${index}.ts`,
  code: `export const x: unknown = ${code};\n`,
  finds,
}));

const codeFaults: readonly Fault[] = [
  {
    title: 'a query that nobody awaits',
    file: 'src/server/g1.ts',
    code:
      "import type { Kysely } from 'kysely';\n" +
      'export async function remove(db: Kysely<{ task: { id: string } }>): Promise<void> {\n' +
      "  await db.transaction().execute(async (tx) => {\n    tx.deleteFrom('task').execute();\n  });\n}\n",
    finds: 'typescript(no-floating-promises)',
  },
  {
    title: 'a promise as a condition',
    file: 'src/server/g2.ts',
    code:
      "import { findTask } from '#server/tasks/task-repository.ts';\n" +
      'export const isThere = (): boolean => (findTask() ? true : false);\n',
    finds: 'typescript(no-misused-promises)',
  },
  {
    title: 'a switch that forgets a case',
    file: 'src/core/g3.ts',
    code:
      "export function rank(role: 'owner' | 'viewer' | 'editor'): number {\n  switch (role) {\n" +
      "    case 'owner':\n      return 1;\n    case 'viewer':\n      return 2;\n  }\n  return 0;\n}\n",
    finds: 'typescript(switch-exhaustiveness-check)',
  },
  {
    title: 'the environment outside of the configuration',
    file: 'src/server/g4.ts',
    code: "export const port = process.env['PORT'];\n",
    finds: 'node(no-process-env)',
  },
  {
    title: 'a default export',
    file: 'src/core/g5.ts',
    code: 'export default function one(): number {\n  return 1;\n}\n',
    finds: 'import(no-default-export)',
  },
  {
    title: 'a barrel',
    file: 'src/core/tasks/index.ts',
    code: "export * from './task.ts';\n",
    finds: 'oxc(no-barrel-file)',
  },
  {
    title: 'a file name that is not in kebab case',
    file: 'src/core/taskOrder.ts',
    code: 'export const order = 1;\n',
    finds: 'unicorn(filename-case)',
  },
  { title: 'a file of 301 lines', file: 'src/core/g6.ts', code: lines(301), finds: 'eslint(max-lines)' },
  {
    title: 'a function of 61 lines',
    file: 'src/core/g7.ts',
    code: `export function fill(all: number[]): void {\n${statements(60)}}\n`,
    finds: 'eslint(max-lines-per-function)',
  },
  {
    title: 'a cycle of imports',
    file: 'src/core/cycle-a.ts',
    code: "import { b } from '#core/cycle-b.ts';\nexport const a = (): number => b();\n",
    finds: 'import(no-cycle)',
  },
  {
    title: 'the other half of a cycle',
    file: 'src/core/cycle-b.ts',
    code: "import { a } from '#core/cycle-a.ts';\nexport const b = (): number => a();\n",
    finds: 'import(no-cycle)',
  },
  {
    title: 'any',
    file: 'src/core/g8.ts',
    code: 'export const x = (value: any): unknown => value;\n',
    finds: 'typescript(no-explicit-any)',
  },
  {
    title: 'a null that is wished away',
    file: 'src/core/g9.ts',
    code: 'export const x = (value: string | undefined): string => value!;\n',
    finds: 'typescript(no-non-null-assertion)',
  },
  {
    title: 'an error that loses its cause',
    file: 'src/server/h1.ts',
    code: "export function x(): void {\n  try {\n    JSON.parse('');\n  } catch {\n  }\n}\n",
    finds: 'eslint(no-empty)',
  },
  {
    title: 'console in the server',
    file: 'src/server/h2.ts',
    code: "console.log('here');\n",
    finds: 'eslint(no-console)',
  },
  {
    title: 'a test that alone runs',
    file: 'src/server/h3.test.ts',
    code: "import { expect, test } from 'vitest';\ntest.only('x', () => expect(1).toBe(1));\n",
    finds: 'vitest(no-focused-tests)',
  },
  {
    title: 'a test that does not run',
    file: 'src/server/h4.test.ts',
    code: "import { expect, test } from 'vitest';\ntest.skip('x', () => expect(1).toBe(1));\n",
    finds: 'vitest(no-disabled-tests)',
  },
  {
    title: 'HTML that React does not escape',
    file: 'src/web/h5.tsx',
    code: 'export const X = (): React.ReactNode => <p dangerouslySetInnerHTML={{ __html: "" }} />;\n',
    finds: 'react(no-danger)',
  },
  {
    title: 'a hook behind a condition',
    file: 'src/web/h6.tsx',
    code:
      "import { useState } from 'react';\nexport function X({ on }: { on: boolean }): React.ReactNode {\n" +
      '  if (on) return null;\n  const [x] = useState(1);\n  return x;\n}\n',
    finds: 'react-hooks(rules-of-hooks)',
  },
  {
    title: 'an image without a text',
    file: 'src/web/h7.tsx',
    code: 'export const X = (): React.ReactNode => <img src="a.png" />;\n',
    finds: 'jsx-a11y(alt-text)',
  },
];

const typeFaults: readonly Fault[] = [
  {
    title: 'an enum, which Node cannot strip',
    file: 'src/core/i1.ts',
    code: 'export enum Role {\n  Owner,\n}\n',
    finds: 'TS1294',
  },
  {
    title: 'a parameter property, which Node cannot strip',
    file: 'src/core/i2.ts',
    code: 'export class Point {\n  constructor(readonly x: number) {}\n}\n',
    finds: 'TS1294',
  },
  {
    title: 'the document in the server',
    file: 'src/server/i3.ts',
    code: 'export const title = document.title;\n',
    finds: 'TS',
  },
  {
    title: 'the process in the web app',
    file: 'src/web/i4.ts',
    code: 'export const id = process.pid;\n',
    finds: 'TS',
  },
  {
    title: 'core importing the server, for the compiler',
    file: 'src/core/i5.ts',
    code: "import { now } from '#server/for-core.ts';\nexport const x = now;\n",
    finds: 'TS6307',
  },
  {
    title: 'web importing the server, for the compiler',
    file: 'src/web/i6.ts',
    code: "import { now } from '#server/for-web.ts';\nexport const x = now;\n",
    finds: 'TS6307',
  },
  {
    title: 'an index that may be missing',
    file: 'src/core/i7.ts',
    code: 'export const first = (all: readonly string[]): string => all[0];\n',
    finds: 'TS2322',
  },
];

export const faults: readonly Fault[] = [...layerFaults, ...purityFaults, ...codeFaults, ...typeFaults];

/** What the same rules must let pass, or they would only be loud. */
export const permitted: Readonly<Record<string, string>> = {
  ...surroundings,
  'src/core/tasks/task-order.ts':
    "import { generateKeyBetween } from 'fractional-indexing';\nimport { Type } from 'typebox';\n" +
    "import { title } from './task.ts';\nexport const x = [generateKeyBetween(null, null), Type.String(), title()];\n",
  'src/core/tasks/task-date.ts': 'export const at = (ms: number): Date => new Date(ms);\n',
  'src/server/config.ts': "export const port = process.env['PORT'];\n",
  'src/server/tasks/task-routes.ts': "import { findTask } from './task-repository.ts';\nexport const x = findTask;\n",
  'src/server/tasks/task-routes.test.ts':
    "import { expect, test } from 'vitest';\nimport { clock } from '#tests/support/clock.ts';\n" +
    "test('time passes', () => expect(clock).toBe(1));\n",
  'src/web/pages/other-page.ts': "import { title } from '#core/tasks/task.ts';\nexport const x = title;\n",
  'src/cli/admin/backup.ts': "import { now } from '#server/clock.ts';\nexport const x = now;\n",
};
