import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SqliteAccess } from '#server/db/database.ts';
import type { SqliteConnection } from '#server/db/sqlite-connection.ts';
import { createCommitStamp, type ScopeState } from './commit-stamp.ts';
import { runRequest, type RequestOutcome } from './request-runner.ts';
import { flushToSqlite } from './sqlite-flush.ts';
import { createSqliteSource } from './sqlite-source.ts';
import { WriteBatch } from './write-batch.ts';
import type { WriteRequest } from './write-request.ts';
import { attempt, committed, type Committed, type Failed, type Writer, type WriterOptions } from './writer.ts';

/** Mutations that share a commit: more would keep readers of the same thread waiting. */
const GROUP_MAX = 128;

interface Job {
  readonly request: WriteRequest;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One writer. What arrives while a commit is on its way to the disk shares the next one: one fsync for all.
 * Nobody gets an answer before the commit that holds their request.
 */
export class SqliteWriter implements Writer {
  readonly #access: SqliteAccess;
  readonly #options: WriterOptions;
  #waiting: Job[] = [];
  #running = false;

  constructor(access: SqliteAccess, options: WriterOptions) {
    this.#access = access;
    this.#options = options;
  }

  submit(request: WriteRequest): Promise<Committed> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      if (!this.#running) {
        this.#running = true;
        // Requests that the event loop reads in the same turn join the group.
        setImmediate(() => void this.#drain());
      }
    });
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        await this.#access.withWriter((connection) => this.#commitGroup(connection, this.#takeGroup()));
        // Lets answers leave and new requests arrive before the next group.
        await nextTurn();
      }
    } catch (error) {
      for (const job of this.#waiting.splice(0)) job.reject(error);
    } finally {
      this.#running = false;
    }
  }

  #takeGroup(): Job[] {
    let size = 0;
    let count = 0;
    for (const { request } of this.#waiting) {
      size += request.mutations.length;
      if (count > 0 && size > GROUP_MAX) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  #commitGroup(connection: SqliteConnection, jobs: readonly Job[]): void {
    let done: (readonly [Job, Committed | Failed])[];
    try {
      done = this.#commit(connection, jobs);
    } catch (error) {
      if (jobs.length > 1) {
        // One of them cannot be written: alone, each gets what it deserves.
        for (const job of jobs) this.#commitGroup(connection, [job]);
      } else {
        jobs[0]?.reject(error);
      }
      return;
    }
    for (const [job, result] of done) {
      if ('error' in result) job.reject(result.error);
      else job.resolve(result);
    }
  }

  #commit(connection: SqliteConnection, jobs: readonly Job[]): (readonly [Job, Committed | Failed])[] {
    const { now, isPoison, findMutator } = this.#options;
    const nowMs = now();
    const options = { nowMs, isPoison, findMutator };
    const batch = new WriteBatch(createSqliteSource(connection));
    const outcomes: (readonly [Job, RequestOutcome | Failed])[] = [];
    let scopes: ScopeState[];
    connection.run('begin immediate');
    try {
      for (const job of jobs) outcomes.push([job, attempt(() => runRequest(batch, job.request, options))]);
      scopes = flushToSqlite(connection, batch, createCommitStamp(nowMs));
      connection.run('commit');
    } catch (error) {
      rollback(connection);
      throw error;
    }
    this.#options.onCommit({ scopes, accessChanged: batch.usersWithOtherAccess(), requests: jobs.length });
    return outcomes.map(([job, outcome]) => [job, 'error' in outcome ? outcome : committed(outcome, scopes)]);
  }
}

/** After some errors SQLite has rolled back by itself. */
function rollback(connection: SqliteConnection): void {
  try {
    connection.run('rollback');
  } catch {
    // "no transaction is active": what was asked for is the case.
  }
}
