import type { Schema } from '#server/db/schema.ts';

/** The key that orders its rows, or why the table is not in a backup. */
type Treatment = { readonly key: readonly string[] } | { readonly leftOut: string };

const ofScope = { key: ['scope_id', 'id'] } as const;

/**
 * What becomes of each table. Of those in a backup every column is: the columns are asked of the database, so a
 * migration need not be repeated here. In the order in which they can be filled.
 */
const TREATMENT: Readonly<Record<keyof Schema, Treatment>> = {
  instance: { key: ['id'] },
  user: { key: ['id'] },
  session: { key: ['id'] },
  login_attempt: { key: ['key'] },
  audit_event: { key: ['id'] },
  scope: { key: ['id'] },
  access: { key: ['user_id', 'scope_id'] },
  client: { key: ['id'] },
  mutation: { key: ['uid'] },
  scope_commit: { key: ['scope_id', 'ver'] },
  change: { key: ['scope_id', 'ver', 'seq'] },
  settings: ofScope,
  favourite: ofScope,
  label: ofScope,
  filter: ofScope,
  project: ofScope,
  member: ofScope,
  section: ofScope,
  task: ofScope,
  comment: ofScope,
  completion: ofScope,
  search_document: { leftOut: 'the search index follows from the rows and is made anew' },
};

/** Tables that no query of ours names. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  kysely_migration: 'the manifest names the migrations',
  kysely_migration_lock: 'says that a migration runs; none does',
  search_words: 'the search index follows from the rows and is made anew',
};

/** In the order in which they can be filled. */
export const BACKED_UP: readonly { readonly name: string; readonly key: readonly string[] }[] = Object.entries(
  TREATMENT,
).flatMap(([name, treatment]) => ('key' in treatment ? [{ name, key: treatment.key }] : []));

/** Why a table is not in a backup; undefined when it is, or when nobody has decided. SQLite has several for one index. */
export function whyLeftOut(table: string): string | undefined {
  const treatment = Object.hasOwn(TREATMENT, table) ? TREATMENT[table as keyof Schema] : undefined;
  if (treatment) return 'leftOut' in treatment ? treatment.leftOut : undefined;
  return LEFT_OUT[table] ?? LEFT_OUT[table.replace(/_(config|content|data|docsize|idx)$/, '')];
}

/** Everything of ours, whether backed up or not. */
export const OWN_TABLES: readonly string[] = [...Object.keys(TREATMENT), ...Object.keys(LEFT_OUT)];
