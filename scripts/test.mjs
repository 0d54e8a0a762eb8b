/**
 * `npm test`: installs what is missing and runs everything. The last line is `N passed, N failed`, summed from the
 * reports of the runners; the exit code is 0 only when nothing failed. Runs on any Node from 18 on.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureInstalled, pinnedEnvironment, pinnedNode, root } from './installation.mjs';

ensureInstalled();

const reports = mkdtempSync(join(tmpdir(), 'tend-reports-'));
const bin = (path) => join(root, 'node_modules', path);
const LINES_OF_A_FAILURE = 12;
const vitestProjects = ['core', 'web', 'architecture', 'server', 'server-postgres', 'sync'];

const steps = [
  { name: 'format', command: [bin('@biomejs/biome/bin/biome'), 'format'] },
  { name: 'lint', command: [bin('oxlint/bin/oxlint'), '--type-aware'] },
  { name: 'types', command: [bin('typescript/bin/tsc'), '-b'] },
  { name: 'web build', command: [join(root, 'scripts/build.mjs')] },
  {
    name: 'tests',
    command: [
      bin('vitest/vitest.mjs'),
      'run',
      ...vitestProjects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'vitest.json')}`,
    ],
    read: readVitestReport,
  },
  {
    name: 'browser journeys',
    command: [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json') },
    read: readPlaywrightReport,
  },
];

const results = steps.map((step) => ({ name: step.name, ...runStep(step) }));
rmSync(reports, { recursive: true, force: true });
printSummary(results);

function runStep({ name, command, env, read }) {
  console.log(`\n── ${name}`);
  const began = process.hrtime.bigint();
  const { status } = spawnSync(pinnedNode(), command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...pinnedEnvironment(), ...env },
  });
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
  if (!read) return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0, seconds };
  const counts = read();
  // A runner that ends badly without a failed test (no test found, a crash, an unhandled rejection) is a failure too.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  return { ...counts, seconds };
}

function readReport(name) {
  const file = join(reports, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function readVitestReport() {
  const report = readReport('vitest.json');
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that does not load, or cannot set itself up, is failed without a failed test.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...broken.map((file) => failure(file.name, '', file.message)),
      ...report.testResults.flatMap((file) =>
        file.assertionResults
          .filter((test) => test.status === 'failed')
          .map((test) => failure(file.name, test.fullName, test.failureMessages.join('\n'))),
      ),
    ],
  };
}

/** As the summary repeats it: in the output of everything it would be hard to find. */
function failure(file, test, message) {
  const own = message.split('\n').filter((line) => !line.includes('node_modules'));
  const beginning = own.slice(0, LINES_OF_A_FAILURE).map((line) => `    ${line}`);
  return [`${relative(root, file)}${test === '' ? '' : ` › ${test}`}`, ...beginning].join('\n');
}

function readPlaywrightReport() {
  const report = readReport('playwright.json');
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

function printSummary(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log('');
  for (const message of rows.flatMap((row) => row.failures ?? [])) console.log(`FAILED ${message}\n`);
  for (const row of rows) {
    const counts = `${row.passed} passed, ${row.failed} failed${row.skipped > 0 ? `, ${row.skipped} skipped` : ''}`;
    console.log(`${row.name.padEnd(18)}${counts} (${row.seconds} s)`);
  }
  const skipped = sum('skipped');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}
