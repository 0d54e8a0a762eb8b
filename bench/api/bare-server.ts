import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/**
 * The ceiling: `node:http` and `node:sqlite` by hand, with the SQL, the durability and the answers of Tend's two
 * busiest requests and nothing else. Started as `bare-server.ts <database> <userId> <token> <projectId>`.
 */
const [path = '', userId = '', token = '', projectId = ''] = process.argv.slice(2);
const KEY = randomBytes(32);

const database = new DatabaseSync(path, { timeout: 5000 });
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000');

const scopes = database.prepare(`
  select a.scope_id from access a join project p on p.scope_id = a.scope_id
  where a.user_id = ? and p.deleted_at is null and p.archived_at is null`);
const tasks = database.prepare(
  'select * from task where scope_id = ? and deleted_at is null order by created_at desc, id desc limit 21',
);

/** Verified once, then known by its hash, as Tend does. */
const verified = new Map<string, string>();

function authenticate(request: IncomingMessage): string | undefined {
  const given = request.headers.authorization?.slice(7) ?? '';
  const hash = createHash('sha256').update(given).digest('base64');
  const known = verified.get(hash);
  if (known !== undefined) return known;
  const sign = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');
  if (sign(given) !== sign(token)) return undefined;
  verified.set(hash, userId);
  return userId;
}

type StoredTask = Record<string, string | number | null>;

const instant = (ms: string | number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(Number(ms)).toISOString();

function onWire(row: StoredTask) {
  return {
    id: row['id'],
    projectId: String(row['scope_id']).slice(2),
    sectionId: row['section_id'],
    parentId: row['parent_id'],
    title: row['title'],
    description: row['description'],
    priority: row['priority'],
    labels: JSON.parse(String(row['labels'])) as string[],
    assigneeId: row['assignee_id'],
    date: row['date'],
    time: row['time'],
    timeZone: row['time_zone'],
    evening: row['evening'] === 1,
    deadline: row['deadline'],
    duration: row['duration'],
    recurrence: row['recurrence'] === null ? null : (JSON.parse(String(row['recurrence'])) as unknown),
    completed: row['completed_at'] !== null,
    completedAt: instant(row['completed_at']),
    completedBy: row['completed_by'],
    rank: row['rank'],
    rev: row['rev'],
    createdAt: instant(row['created_at']),
    createdBy: row['created_by'],
    updatedAt: instant(row['updated_at']),
    deletedAt: instant(row['deleted_at']),
  };
}

function listTasks(response: ServerResponse, user: string): void {
  const visible = scopes.all(user).map((row) => String(row['scope_id']));
  const rows = visible.flatMap((scope) => tasks.all(scope)) as StoredTask[];
  if (visible.length > 1) rows.sort((a, b) => Number(b['created_at']) - Number(a['created_at']));
  send(response, 200, { items: rows.slice(0, 20).map(onWire), nextCursor: rows.length > 20 ? rows[19]?.['id'] : null });
}

interface Waiting {
  readonly response: ServerResponse;
  readonly body: { readonly title: string };
}

let waiting: Waiting[] = [];

/** Group commit: whatever the event loop brought in one turn shares a transaction and its fsync. */
function createTask(response: ServerResponse, text: string): void {
  if (waiting.length === 0) setImmediate(commitWaiting);
  waiting.push({ response, body: JSON.parse(text) as Waiting['body'] });
}

const columns = database
  .prepare("select name from pragma_table_info('task')")
  .all()
  .map((row) => String(row['name']));
const inserts = {
  task: statement('task', columns),
  mutation: statement('mutation', ['uid', 'user_id', 'source', 'name', 'args', 'status', 'at']),
  change: statement('change', ['scope_id', 'ver', 'seq', 'kind', 'eid', 'op', 'mutation_uid', 'actor', 'after', 'at']),
  commit: statement('scope_commit', ['scope_id', 'ver', 'tag', 'tx_id', 'at']),
  document: statement('search_document', ['scope_id', 'kind', 'eid']),
  words: statement('search_words', ['rowid', 'scope', 'words']),
};
const select = {
  scope: database.prepare('select ver, sum from scope where id = ?'),
  member: database.prepare('select role from member where id = ?'),
  project: database.prepare('select deleted_at from project where id = ?'),
  task: database.prepare('select id from task where id = ?'),
  mutation: database.prepare('select status from mutation where uid = ?'),
  last: database.prepare('select rank from task where scope_id = ? order by rank desc limit 1'),
};
const bump = database.prepare('update scope set ver = ?, tag = ?, sum = ? where id = ?');

function statement(table: string, names: readonly string[]) {
  const list = names.map((name) => `"${name}"`).join(', ');
  return database.prepare(`insert into ${table} (${list}) values (${names.map(() => '?').join(', ')})`);
}

function commitWaiting(): void {
  const group = waiting;
  waiting = [];
  const scope = `p:${projectId}`;
  const now = Date.now();
  database.exec('begin immediate');
  const state = select.scope.get(scope) as { ver: number; sum: number };
  const ver = state.ver + 1;
  const answers = group.map(({ response, body }, n) => [response, insertTask(body, { scope, ver, n, now })] as const);
  bump.run(ver, randomBytes(4).readInt32LE(), state.sum, scope);
  inserts.commit.run(scope, ver, 1, uuid(now), now);
  database.exec('commit');
  for (const [response, row] of answers) send(response, 201, onWire(row));
}

function insertTask(
  body: Waiting['body'],
  { scope, ver, n, now }: { scope: string; ver: number; n: number; now: number },
): StoredTask {
  const [id, uid] = [uuid(now), uuid(now)];
  select.mutation.get(uid);
  select.member.get(`${projectId}.${userId}`);
  select.project.get(projectId);
  select.task.get(id);
  const row: StoredTask = Object.fromEntries(columns.map((column) => [column, null]));
  const created = { scope_id: scope, id, rev: 1, created_at: now, updated_at: now, title: body.title, description: '' };
  Object.assign(row, created, { priority: 4, labels: '[]', evening: 0, rank: 'a0', created_by: userId });
  inserts.task.run(...(columns.map((column) => row[column]) as SQLInputValue[]));
  inserts.mutation.run(
    uid,
    userId,
    'api',
    'task.create@1',
    JSON.stringify({ id, projectId, rank: 'a0', ...body }),
    'applied',
    now,
  );
  inserts.change.run(scope, ver, n, 'task', id, 'put', uid, userId, JSON.stringify(onWire(row)), now);
  const { lastInsertRowid } = inserts.document.run(scope, 'task', id);
  inserts.words.run(lastInsertRowid, scope.replaceAll(/[^a-z0-9]/g, ''), body.title);
  return row;
}

function uuid(now: number): string {
  const hex = now.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const server = createServer((request, response) => {
  const user = authenticate(request);
  if (user === undefined) {
    send(response, 401, {});
  } else if (request.method === 'POST') {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => createTask(response, text));
  } else {
    listTasks(response, user);
  }
});
server.keepAliveTimeout = 72_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.once('SIGTERM', () => process.exit(0));
