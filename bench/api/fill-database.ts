import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

const TASKS_PER_USER = 1000;

/**
 * Adds tasks of other people until the database holds `total`, straight into its tables: what they do to the
 * indexes is what matters, and a million writes through the API would take half an hour. The server must be down.
 */
export function fillDatabase(path: string, total: number): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000');
  const columns = database
    .prepare("select name from pragma_table_info('task')")
    .all()
    .map((row) => String(row['name']));
  const insert = database.prepare(
    `insert into task (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  );
  const scope = database.prepare('insert into scope (id, kind, ver, tag, floor, sum) values (?, ?, 1, 1, 0, 0)');
  const { n: present } = database.prepare('select count(*) as n from task').get() as { n: number };
  const start = Date.UTC(2026, 0, 1);
  for (let made = present; made < total; ) {
    const userId = uuid();
    const scopeId = `p:${uuid()}`;
    database.exec('begin');
    scope.run(scopeId, 'project');
    for (let n = 0; n < TASKS_PER_USER && made < total; n++, made++) {
      const at = start + made * 1000;
      const values: Record<string, string | number | null> = {
        scope_id: scopeId,
        id: uuid(at),
        rev: 1,
        created_at: at,
        updated_at: at,
        title: `Task ${n} of somebody else`,
        description: '',
        priority: 4,
        labels: '[]',
        evening: 0,
        date: n % 3 === 0 ? '2026-11-18' : null,
        rank: `a${n}`,
        created_by: userId,
      };
      insert.run(...columns.map((column) => values[column] ?? null));
    }
    database.exec('commit');
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); ANALYZE');
  database.close();
}

/** Time-ordered where a time is given, as ids made by devices are. */
function uuid(at = Math.floor(Math.random() * 2 ** 40)): string {
  const hex = at.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
