import type { Kysely } from 'kysely';
import type { Engine } from '#server/db/engine.ts';
import { createTable } from './create-table.ts';

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createTable(db, engine, 'completion', {
    columns: {
      scope_id: 'key',
      id: 'key',
      rev: 'int',
      created_at: 'big',
      updated_at: 'big',
      task_id: 'key',
      date: 'key',
      time: 'key?',
      completed_at: 'big',
      completed_by: 'key',
      before: 'text',
      after: 'text',
    },
    primaryKey: ['scope_id', 'id'],
    unique: ['id'],
  });
  await db.schema
    .alterTable('settings')
    .addColumn('day_start', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('completion_task').on('completion').column('task_id').execute();
}
