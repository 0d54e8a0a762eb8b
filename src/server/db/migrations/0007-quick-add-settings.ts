import type { Kysely } from 'kysely';

const DEFAULT = '{"words":"auto","dates":"auto","suggestions":true,"signs":"tend","off":[]}';

/** How quick add reads lines; and what was done of repeating tasks is counted by day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('settings')
    .addColumn('quick_add', 'text', (column) => column.notNull().defaultTo(DEFAULT))
    .execute();
  await db.schema
    .createIndex('completion_completed')
    .on('completion')
    .columns(['scope_id', 'completed_at desc'])
    .execute();
}
