import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { KINDS } from '#core/rows.ts';
import { rowHash } from '#core/sync/checksum.ts';
import type { DatabaseTarget } from '#server/db/database.ts';
import type { Ack } from './ack-log.ts';

/** What the database holds of what the writers wrote, read past the server. */
export interface StoredFacts {
  /** How many tasks have each title. */
  readonly titles: ReadonlyMap<string, number>;
  readonly places: ReadonlyMap<string, string>;
  readonly comments: ReadonlySet<string>;
  /** Scopes whose kept checksum is not the one of their rows. */
  readonly wrongSums: readonly string[];
  /** What the database itself finds wrong with its file. */
  readonly damage: readonly string[];
}

type Query = (sql: string) => Promise<Record<string, unknown>[]>;

export async function readFacts(target: DatabaseTarget): Promise<StoredFacts> {
  if (target.engine === 'sqlite') {
    using database = new DatabaseSync(target.path, { readOnly: true, timeout: 5_000 });
    const query: Query = async (sql) => database.prepare(sql).all();
    const check = await query('pragma integrity_check');
    return await factsFrom(
      query,
      check.map((row) => String(row['integrity_check'])).filter((line) => line !== 'ok'),
    );
  }
  const client = await connectAfterRecovery(target.url);
  try {
    return await factsFrom(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows, []);
  } finally {
    await client.end();
  }
}

/** A cluster that has just crashed refuses connections until it has read its log. */
async function connectAfterRecovery(url: string): Promise<pg.Client> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

async function factsFrom(query: Query, damage: readonly string[]): Promise<StoredFacts> {
  const tasks = await query('select id, scope_id, title from task');
  const titles = new Map<string, number>();
  for (const { title } of tasks) titles.set(String(title), (titles.get(String(title)) ?? 0) + 1);
  const comments = await query('select id from comment');
  return {
    titles,
    places: new Map(tasks.map(({ id, scope_id }) => [String(id), String(scope_id).slice(2)])),
    comments: new Set(comments.map(({ id }) => String(id))),
    wrongSums: await wrongSums(query),
    damage,
  };
}

async function wrongSums(query: Query): Promise<string[]> {
  const sums = new Map<string, number>();
  for (const kind of KINDS) {
    for (const { scope_id, id, rev } of await query(`select scope_id, id, rev from ${kind}`)) {
      const scope = String(scope_id);
      sums.set(scope, ((sums.get(scope) ?? 0) + rowHash(String(id), Number(rev))) >>> 0);
    }
  }
  const scopes = await query('select id, sum from scope');
  return scopes.filter(({ id, sum }) => Number(sum) !== (sums.get(String(id)) ?? 0)).map(({ id }) => String(id));
}

/** Every promise that the database does not keep, in words. */
export function brokenPromises(
  acks: readonly Ack[],
  facts: StoredFacts,
  sent: { readonly titles: ReadonlySet<string>; readonly uncertain: ReadonlySet<string> },
): string[] {
  const broken = facts.damage.map((line) => `damaged: ${line}`);
  for (const scope of facts.wrongSums) broken.push(`checksum: ${scope}`);
  const places = new Map<string, string>();
  for (const ack of acks) {
    if (ack.kind === 'task' && !facts.titles.has(ack.title)) broken.push(`lost: task ${ack.title}`);
    if (ack.kind === 'comment' && !facts.comments.has(ack.commentId)) broken.push(`lost: comment ${ack.commentId}`);
    if (ack.kind === 'place') places.set(ack.taskId, ack.projectId);
  }
  for (const [taskId, projectId] of places) {
    const stored = facts.places.get(taskId);
    if (sent.uncertain.has(taskId) ? stored === undefined : stored !== projectId)
      broken.push(`lost: place of ${taskId}`);
  }
  for (const title of sent.titles) {
    if ((facts.titles.get(title) ?? 0) > 1) broken.push(`applied twice: ${title}`);
  }
  return broken;
}
