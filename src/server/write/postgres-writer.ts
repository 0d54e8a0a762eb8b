import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '#core/errors.ts';
import type { ScopeId } from '#core/rows.ts';
import { createCommitStamp, type ScopeState } from './commit-stamp.ts';
import { LaneQueue, type Laned } from './lane-queue.ts';
import { LoadedRows, Wanted } from './loaded-rows.ts';
import { flushToPostgres, type LockedScope } from './postgres-flush.ts';
import { loadStatement, readLoaded } from './postgres-load.ts';
import { sendTogether, type Statement } from './postgres-statement.ts';
import { guessFromRows, guessScopes, guessWanted } from './prefetch.ts';
import { runRequest, type RequestOutcome } from './request-runner.ts';
import { WriteBatch } from './write-batch.ts';
import type { WriteRequest } from './write-request.ts';
import { attempt, committed, type Committed, type Failed, type Writer, type WriterOptions } from './writer.ts';

/** Connections that writers take at most; the rest of the pool is for readers. */
const GROUPS_MAX = 8;
const GROUP_MAX = 256;
/** Each pass loads what the one before missed; the deepest chain of look-ups is far shorter. */
const PASSES_MAX = 40;
/** How often the scopes of a mutation may turn out to be others than those that were locked. */
const PLANS_MAX = 4;
const TRIES_MAX = 5;
/** Serialization failure, deadlock, lock timeout, unique violation: somebody was in the way, once. */
const RETRYABLE = new Set(['40001', '40P01', '55P03', '23505']);

const BEGIN: Statement = { text: 'begin isolation level read committed', values: [] };
const COMMIT: Statement = { text: 'commit', values: [] };
/** Sorted, so that no two writers wait for each other. */
const LOCK_CLIENTS = 'select id from client where id = any($1::text[]) order by id for update';
const LOCK_SCOPES = 'select id, ver, sum from scope where id = any($1::text[]) order by id for update';

interface Job extends Laned {
  readonly request: WriteRequest;
  readonly scopes: ReadonlySet<ScopeId>;
  readonly wanted: Wanted;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
}

type Outcomes = readonly (readonly [Job, RequestOutcome | Failed])[];

/** Row locks on scopes decide who may write; queues in front of them share transactions among those who wait. */
export class PostgresWriter implements Writer {
  readonly #pool: Pool;
  readonly #options: WriterOptions;
  readonly #lanes: LaneQueue<Job>;

  constructor(pool: Pool, options: WriterOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#lanes = new LaneQueue({
      groupsMax: GROUPS_MAX,
      weightMax: GROUP_MAX,
      run: (group) => this.#commitGroup(group),
    });
  }

  async submit(request: WriteRequest): Promise<Committed> {
    const { scopes, wanted } = await this.#plan(request);
    const lanes = new Set<string>(scopes);
    if (request.client) lanes.add(`client ${request.client.id}`);
    return new Promise((resolve, reject) => {
      this.#lanes.add({ request, scopes, wanted, lanes, weight: request.mutations.length, resolve, reject });
    });
  }

  /** Which scopes a request is going to change, found out without locks. */
  async #plan(request: WriteRequest): Promise<{ scopes: ReadonlySet<ScopeId>; wanted: Wanted }> {
    const guessed = guessScopes(request);
    if (guessed) {
      const wanted = new Wanted();
      guessWanted(wanted, request);
      return { scopes: new Set(guessed), wanted };
    }
    const rows = new LoadedRows();
    guessWanted(rows.missing, request);
    await load(rows, this.#pool);
    const { batch } = await this.#run([request], rows, this.#pool);
    return { scopes: scopesToLock(batch, rows), wanted: rows.wanted };
  }

  /** Runs the requests until everything they look at is loaded. */
  async #run(
    requests: readonly WriteRequest[],
    rows: LoadedRows,
    connection: Pick<PoolClient, 'query'>,
  ): Promise<{ batch: WriteBatch; outcomes: (RequestOutcome | Failed)[] }> {
    for (let pass = 0; pass < PASSES_MAX; pass++) {
      const batch = new WriteBatch(rows);
      const { now, isPoison, findMutator } = this.#options;
      const options = { nowMs: now(), isPoison, findMutator };
      const outcomes = requests.map((request) => attempt(() => runRequest(batch, request, options)));
      if (!batch.incomplete) return { batch, outcomes };
      guessFromRows(rows.missing, rows, requests);
      await load(rows, connection);
    }
    throw new Error('invariant: a mutation looks at ever more rows');
  }

  async #commitGroup(jobs: readonly Job[]): Promise<void> {
    let error: unknown;
    for (let tried = 0; tried < TRIES_MAX; tried++) {
      try {
        await this.#commit(jobs);
        return;
      } catch (thrown) {
        error = thrown;
        if (!RETRYABLE.has((thrown as { code?: string }).code ?? '')) break;
        await sleep(Math.random() * 10 * 2 ** tried);
      }
    }
    if (jobs.length === 1) {
      jobs[0]?.reject(error);
      return;
    }
    // One of them cannot be written: alone, each gets what it deserves.
    for (const job of jobs) await this.#commitGroup([job]);
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    let scopes: ReadonlySet<ScopeId> = new Set(jobs.flatMap((job) => [...job.scopes]));
    for (let plan = 0; plan < PLANS_MAX; plan++) {
      const client = await this.#pool.connect();
      try {
        const needed = await this.#transact(client, jobs, scopes);
        client.release();
        if (!needed) return;
        scopes = scopes.union(needed);
      } catch (error) {
        // A connection in an unknown state is not used again.
        await client.query('rollback').then(
          () => client.release(),
          () => client.release(true),
        );
        throw error;
      }
    }
    throw new DomainError('unavailable', 'Too much changed at the same time. Nothing was written.', { retryAfter: 1 });
  }

  /** Commits and answers the jobs, or returns the scopes that have to be locked as well. */
  async #transact(
    client: PoolClient,
    jobs: readonly Job[],
    scopes: ReadonlySet<ScopeId>,
  ): Promise<ReadonlySet<ScopeId> | undefined> {
    const rows = new LoadedRows();
    const locked = await this.#lock(client, jobs, scopes, rows);
    const requests = jobs.map((job) => job.request);
    const { batch, outcomes } = await this.#run(requests, rows, client);
    const needed = scopesToLock(batch, rows);
    if (!needed.isSubsetOf(scopes)) {
      await client.query('rollback');
      return needed;
    }
    const stamp = createCommitStamp(this.#options.now());
    const flush = flushToPostgres(batch, stamp, locked);
    const answers = await sendTogether(client, [...flush.statements, COMMIT]);
    // PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK and no error.
    if (answers.at(-1)?.command !== 'COMMIT') throw new Error('invariant: the transaction was rolled back');
    this.#answer(
      jobs.map((job, i) => [job, outcomes[i] as RequestOutcome | Failed]),
      batch,
      flush.scopes,
    );
    return undefined;
  }

  /** Locks clients, then scopes, and reads what the plan wants to see: all in one round trip. */
  async #lock(
    client: PoolClient,
    jobs: readonly Job[],
    scopes: ReadonlySet<ScopeId>,
    rows: LoadedRows,
  ): Promise<Map<string, LockedScope>> {
    const clients = [...new Set(jobs.flatMap(({ request }) => (request.client ? [request.client.id] : [])))];
    const wanted = new Wanted();
    for (const job of jobs) wanted.add(job.wanted);
    const loadAll = loadStatement(wanted);
    const statements = [BEGIN];
    if (clients.length > 0) statements.push({ text: LOCK_CLIENTS, values: [clients] });
    statements.push({ text: LOCK_SCOPES, values: [[...scopes].sort()] });
    if (loadAll) statements.push(loadAll);
    const answers = await sendTogether(client, statements);
    const scopeRows = answers[clients.length > 0 ? 2 : 1]?.rows as { id: string; ver: number; sum: number }[];
    if (loadAll) rows.accept(wanted, readLoaded(wanted, answers.at(-1)?.rows ?? []));
    return new Map(scopeRows.map(({ id, ver, sum }) => [id, { ver, sum }]));
  }

  #answer(outcomes: Outcomes, batch: WriteBatch, scopes: readonly ScopeState[]): void {
    this.#options.onCommit({ scopes, accessChanged: batch.usersWithOtherAccess(), requests: outcomes.length });
    for (const [job, outcome] of outcomes) {
      if ('error' in outcome) job.reject(outcome.error);
      else job.resolve(committed(outcome, scopes));
    }
  }
}

function scopesToLock(batch: WriteBatch, rows: LoadedRows): ReadonlySet<ScopeId> {
  return new Set([...batch.touchedScopes(), ...rows.projectScopes()]);
}

async function load(rows: LoadedRows, connection: Pick<PoolClient, 'query'>): Promise<void> {
  const wanted = rows.missing;
  const statement = loadStatement(wanted);
  if (!statement) throw new Error('invariant: a run is incomplete but misses nothing');
  const [answer] = await sendTogether(connection, [statement]);
  rows.accept(wanted, readLoaded(wanted, answer?.rows ?? []));
}
