import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export const ACCOUNT = { username: 'bench', password: 'correct horse battery staple' };
export const LIST_TASKS = 10_000;
const OTHER_PROJECTS = 199;

/** An account with 200 projects, of which one holds 10,000 tasks. The server must not be running. */
export async function seedAccount(dataDirectory: string): Promise<void> {
  const seed = (...flags: string[]) =>
    run(process.execPath, [cli, 'seed', '--user', ACCOUNT.username, '--password', ACCOUNT.password, ...flags], {
      env: { ...process.env, DATA_DIR: dataDirectory, LOG_LEVEL: 'warn' },
    });
  await seed('--tasks', `${LIST_TASKS}`, '--projects', '1');
  await seed('--tasks', `${OTHER_PROJECTS * 3}`, '--projects', `${OTHER_PROJECTS}`, '--seed', '2');
}
