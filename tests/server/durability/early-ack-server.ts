import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { createApp } from '#server/app.ts';
import { prepareInstance } from '#server/auth/first-start.ts';
import { loadConfig } from '#server/config.ts';
import type { Database, SqliteAccess } from '#server/db/database.ts';
import type { SqliteConnection } from '#server/db/sqlite-connection.ts';
import { createContext } from '#server/server.ts';
import { createWritePath } from '#server/write/write-path.ts';

/**
 * The server with one fault: its database says that a commit is done long before it is. A control for the crash
 * tests, which have to notice; nothing of this is reachable from the server that people run.
 */
const COMMIT_AFTER_MS = 300;

/** Keeps the transaction open over several groups, and commits now and then. */
function lyingSqlite(access: SqliteAccess): SqliteAccess {
  let open = false;
  let due = 0;
  const lie = (connection: SqliteConnection): SqliteConnection =>
    new Proxy(connection, {
      get(target, property) {
        if (property !== 'run') {
          const value: unknown = Reflect.get(target, property);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        }
        return (sql: string, parameters?: readonly unknown[]) => {
          if (sql === 'begin immediate' && open) return { changes: 0 };
          if (sql === 'commit' && Date.now() < due) return { changes: 0 };
          if (sql === 'begin immediate') [open, due] = [true, Date.now() + COMMIT_AFTER_MS];
          if (sql === 'commit' || sql === 'rollback') open = false;
          return target.run(sql, parameters);
        };
      },
    });
  return { ...access, withWriter: (work) => access.withWriter((connection) => work(lie(connection))) };
}

/** Answers COMMIT at once, and carries it out later. */
function lyingPool(pool: Pool): Pool {
  const lie = (client: PoolClient): PoolClient => {
    let committed: Promise<unknown> = Promise.resolve();
    return new Proxy(client, {
      get(target, property) {
        if (property === 'query') {
          return (query: { text: string } | string) => {
            if ((typeof query === 'string' ? query : query.text) !== 'commit') return target.query(query as string);
            committed = sleep(COMMIT_AFTER_MS).then(() => target.query('commit'));
            return Promise.resolve({ command: 'COMMIT', rows: [] });
          };
        }
        if (property === 'release') return () => void committed.finally(() => target.release());
        return Reflect.get(target, property) as unknown;
      },
    });
  };
  return new Proxy(pool, {
    get(target, property) {
      if (property === 'connect') return async () => lie(await target.connect());
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function lyingDatabase(database: Database): Database {
  return {
    ...database,
    sqlite: database.sqlite && lyingSqlite(database.sqlite),
    postgres: database.postgres && lyingPool(database.postgres),
  };
}

const config = loadConfig();
const honest = await createContext(config, new AbortController().signal);
const liar = createWritePath({ database: lyingDatabase(honest.database), hub: honest.hub });
const preparing = await createApp(honest);
await prepareInstance(honest, preparing.effects);
const write: typeof liar = {
  // Accounts and projects are made honestly: the tests have to get as far as their load.
  execute: (request) => {
    const isLoad = request.mutations.every(({ name }) => /^(task|comment)\./.test(name));
    return (isLoad ? liar : honest.write).execute(request);
  },
};
const { app } = await createApp({ ...honest, write });
await app.listen({ host: config.host, port: config.port });
process.stdout.write('ready\n');
