import type { Kysely } from 'kysely';
import type { Engine } from '#server/db/engine.ts';
import { createTable } from './create-table.ts';

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await createTable(db, engine, 'filter', {
    columns: {
      scope_id: 'key',
      id: 'key',
      rev: 'int',
      created_at: 'big',
      updated_at: 'big',
      name: 'text',
      query: 'text',
      color: 'text',
      rank: 'key',
    },
    primaryKey: ['scope_id', 'id'],
    unique: ['id'],
  });
}
