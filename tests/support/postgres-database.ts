import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

export interface PostgresDatabase extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own in the server at `serverUrl`. With `template`, `prepare` (migrations, say) runs once per
 * template name and server, and every database is a file copy of its result: milliseconds instead of a migration.
 */
export async function createPostgresDatabase(
  serverUrl: string,
  template?: { readonly name: string; readonly prepare: (url: string) => Promise<void> },
): Promise<PostgresDatabase> {
  return withClient(serverUrl, async (client) => {
    const source = template && (await ensureTemplate(client, serverUrl, template.name, template.prepare));
    const name = `tend_test_${randomBytes(8).toString('hex')}`;
    // FILE_COPY costs two checkpoints; WAL_LOG is the faster one for small databases.
    await client.query(`CREATE DATABASE ${name} ${source ? `TEMPLATE ${source} STRATEGY WAL_LOG` : ''}`);
    const drop = (): Promise<void> =>
      withClient(serverUrl, async (dropper) => {
        await dropper.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      });
    return { name, url: databaseUrl(serverUrl, name), drop, [Symbol.asyncDispose]: drop };
  });
}

async function ensureTemplate(
  client: pg.Client,
  serverUrl: string,
  label: string,
  prepare: (url: string) => Promise<void>,
): Promise<string> {
  const digest = createHash('sha256').update(label).digest();
  const name = `tend_template_${digest.toString('hex').slice(0, 16)}`;
  // Session lock: of all test processes one prepares, the others wait for it.
  await client.query('SELECT pg_advisory_lock($1)', [digest.readInt32BE(0)]);
  try {
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (known.rowCount === 0) {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${name}`);
      await prepare(databaseUrl(serverUrl, name));
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
    }
    return name;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [digest.readInt32BE(0)]);
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
