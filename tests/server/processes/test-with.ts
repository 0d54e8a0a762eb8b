import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'vitest';
import { findProgram } from './program.ts';

/**
 * A test that needs these programs. In CI, and for root, who can have them installed, a missing one is a failure;
 * a developer's machine without them skips, says so, and counts the skip.
 */
export function testWith(programs: readonly string[]): typeof test | typeof test.skip {
  const missing = programs.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return test;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    install(missing);
    return test;
  }
  if (process.env['CI']) return test;
  process.stderr.write(`Skipped, because they are not installed: ${missing.join(', ')}\n`);
  return test.skip;
}

function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'inherit', env });
}
