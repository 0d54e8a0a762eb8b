import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export const ACCOUNT = { username: 'bench', password: 'correct horse battery staple' };
export const LIST_TASKS = 10_000;
const PROJECTS = 200;

/** An account with 200 projects, of which one holds 10,000 tasks. The server must not be running. */
export async function seedAccount(dataDirectory: string): Promise<void> {
  await seed(dataDirectory, '--tasks', `${LIST_TASKS}`, '--projects', '1');
  await seed(dataDirectory, '--tasks', `${(PROJECTS - 1) * 3}`, '--projects', `${PROJECTS - 1}`, '--seed', '2');
}

/** An account whose tasks are spread over 200 projects. The server must not be running. */
export async function seedSpread(dataDirectory: string, tasks: number): Promise<void> {
  await seed(dataDirectory, '--tasks', `${tasks}`, '--projects', `${PROJECTS}`);
}

async function seed(dataDirectory: string, ...flags: readonly string[]): Promise<void> {
  await run(process.execPath, [cli, 'seed', '--user', ACCOUNT.username, '--password', ACCOUNT.password, ...flags], {
    env: { ...process.env, DATA_DIR: dataDirectory, LOG_LEVEL: 'warn' },
  });
}
