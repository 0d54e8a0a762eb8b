import { DomainError, must } from '#core/errors.ts';
import type { Mutator } from '#core/mutation/mutator.ts';
import { findMutator } from '#core/mutators.ts';
import { userScope, type ScopeId } from '#core/rows.ts';
import type { Database } from '#server/db/database.ts';
import { asDomainError } from '#server/db/database-errors.ts';
import type { Hub } from './hub.ts';
import { PostgresWriter } from './postgres-writer.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import type { WriteRequest, WriteResult } from './write-request.ts';
import type { CommitReport, Committed, Writer, WriterOptions } from './writer.ts';

/** The one way in which synchronised data changes (ARCHITECTURE.md). */
export interface WritePath {
  /** Carries a request out; resolves when it is durable. Throws DomainError when an atomic request is refused. */
  execute(request: WriteRequest): Promise<WriteResult>;
}

export interface WritePathOptions {
  readonly database: Database;
  readonly hub: Hub;
  /** Epoch milliseconds. Default: the system clock. */
  readonly now?: () => number;
  /** Default: all that this version of Tend has. */
  readonly findMutator?: (key: string) => Mutator | undefined;
  readonly onCommit?: (commit: CommitReport) => void;
  /** A mutation failed for a reason that is no refusal. */
  readonly onFailure?: (error: unknown, uid: string) => void;
}

/** Unexpected failures of one mutation after which it is refused, so that it cannot block its queue for ever. */
const POISON_AFTER = 5;
const FAILURES_MAX = 1_000;

export function createWritePath(options: WritePathOptions): WritePath {
  const { database, hub, now = Date.now } = options;
  const failures = new Map<string, number>();
  const writer = createWriter(database, {
    now,
    findMutator: options.findMutator ?? findMutator,
    isPoison: (uid) => (failures.get(uid) ?? 0) >= POISON_AFTER,
    onCommit(commit) {
      options.onCommit?.(commit);
      const woken = new Set<ScopeId>(commit.scopes.map(({ scope }) => scope));
      for (const userId of commit.accessChanged) woken.add(userScope(userId));
      if (woken.size > 0) hub.publish({ scopes: [...woken], versions: commit.scopes });
    },
  });

  function countFailure(uid: string, error: unknown): void {
    if (failures.size >= FAILURES_MAX) failures.clear();
    failures.set(uid, (failures.get(uid) ?? 0) + 1);
    options.onFailure?.(error, uid);
  }

  async function submitQueue(request: WriteRequest): Promise<Committed> {
    const [first] = request.mutations;
    try {
      return await writer.submit(request);
    } catch (error) {
      if (!first || error instanceof DomainError || asDomainError(error)) throw error;
      // One of them cannot be stored. Going on one by one finds it and lets the others through.
      if (request.mutations.length > 1) return submitQueue({ ...request, mutations: [first] });
      countFailure(first.uid, error);
      throw error;
    }
  }

  return {
    async execute(request) {
      const { outcome, scopes } = await (request.client ? submitQueue(request) : writer.submit(request));
      if (outcome.failed) countFailure(outcome.failed.uid, outcome.failed.error);
      return { results: outcome.results, scopes, ...(outcome.client && { client: outcome.client }) };
    },
  };
}

function createWriter({ sqlite, postgres }: Database, options: WriterOptions): Writer {
  if (sqlite) return new SqliteWriter(sqlite, options);
  return new PostgresWriter(must(postgres, 'a database has an engine'), options);
}
