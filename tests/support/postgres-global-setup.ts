import type { TestProject } from 'vitest/node';
import { startPostgres } from '#tests/support/postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Maintenance URL of the PostgreSQL of this run: `inject('postgresUrl')`. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for all test files of a project: the one at TEST_DATABASE_URL, else a cluster of our own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    project.provide('postgresUrl', given);
    return async () => {};
  }
  const server = await startPostgres({ inMemory: true, settings: { max_wal_size: '256MB' } });
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
