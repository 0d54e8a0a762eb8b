import type { Kysely } from 'kysely';

/** The index of search is made from other rows, so it can be made anew when it is to hold more: 1 had no labels. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('instance')
    .addColumn('search_version', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
}
