import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

/** Runs the entry with a version that claims to be old, as no old Node is at hand everywhere. */
function runAs(version: string, entry: string) {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:${JSON.stringify(version)}})`;
  return spawnSync(process.execPath, ['--import', pretend, fileURLToPath(new URL(entry, root)), '--help'], {
    encoding: 'utf8',
  });
}

test.each(['bin/tend.mjs', 'bin/tend-server.mjs'])(
  '%s on an older Node says in one sentence what it needs',
  (entry) => {
    const { status, stderr, stdout } = runAs('20.20.2', entry);
    expect(status).toBe(1);
    expect(stderr).toBe('Tend needs Node 26 or newer; this is 20.20.2. "npm start" brings its own.\n');
    expect(stdout).toBe('');
  },
);

test.each(['bin/tend.mjs', 'bin/tend-server.mjs'])('%s is understood by a Node that knows no TypeScript', (entry) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--no-strip-types', '--check', fileURLToPath(new URL(entry, root))],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([0, '']);
});
