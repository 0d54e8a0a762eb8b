import { type Kysely, sql } from 'kysely';

/**
 * Filters ask for open tasks by the day on which they are due, which is the date or, without one, the deadline; and
 * for those with labels, which few tasks have. What is due on a date is in `task_due` as well, so `task_date` goes: no
 * query of ours ever walked it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index task_due on task (scope_id, (coalesce(date, deadline)))
    where deleted_at is null and completed_at is null and coalesce(date, deadline) is not null`.execute(db);
  await sql`create index task_labelled on task (scope_id)
    where deleted_at is null and completed_at is null and labels <> '[]'`.execute(db);
  await db.schema.dropIndex('task_date').execute();
}
