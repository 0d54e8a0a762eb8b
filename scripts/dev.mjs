/** `npm run dev`: the server with reload on :8000 and Vite on :5173, on seeded data in data-dev/. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, pinnedEnvironment, pinnedNode, root } from './installation.mjs';
import { ensureWebBuild } from './web-build.mjs';

ensureInstalled();
// For the page of /docs; the web app itself comes from Vite.
ensureWebBuild();

const port = process.env.PORT || '8000';
const env = {
  HOST: '127.0.0.1',
  DATA_DIR: join(root, 'data-dev'),
  CREATE_DEMO_USER: 'true',
  SIGNUP: 'open',
  LOG_LEVEL: 'info',
  PORT: port,
  PUBLIC_URL: 'http://localhost:5173',
  ...pinnedEnvironment(),
};

const children = [
  run([
    ...(existsSync(join(root, '.env')) ? ['--env-file=.env'] : []),
    '--watch-path=src/server',
    '--watch-path=src/core',
    '--watch-preserve-output',
    'bin/tend-server.mjs',
  ]),
  run(['node_modules/vite/bin/vite.js', '--clearScreen', 'false']),
];

function run(args) {
  const child = spawn(pinnedNode(), args, { cwd: root, stdio: 'inherit', env });
  child.on('exit', (code) => {
    process.exitCode = process.exitCode || code || 0;
    for (const other of children) if (other !== child) other.kill('SIGTERM');
  });
  return child;
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill('SIGTERM');
  });
}
