/**
 * What `npm start` and `npm test` need before anything else: the packages of package-lock.json and the pinned Node.
 * Runs on any Node from 18 on, because it may run before the pinned one is there.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const lockFile = join(root, 'package-lock.json');
/** npm writes it as the last step of an installation. */
const installedLockFile = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.cache', 'tend-installation.json');

/** Runs `npm ci` unless node_modules already holds what package-lock.json says. */
export function ensureInstalled() {
  if (isStampCurrent()) return;
  if (!isInstallationCurrent()) {
    console.log('Installing packages (npm ci) …');
    // --include=dev: NODE_ENV=production would leave out what builds the web app.
    // --loglevel=error: the warnings are about the system's Node, which is not the one that will run Tend.
    npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp());
}

function isStampCurrent() {
  return existsSync(stampFile) && existsSync(installedLockFile) && readFileSync(stampFile, 'utf8') === stamp();
}

function stamp() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return JSON.stringify({ lock: hash, installed: statSync(installedLockFile).mtimeMs });
}

/** Compares versions, for a tree that somebody installed with npm itself. */
function isInstallationCurrent() {
  if (!existsSync(installedLockFile)) return false;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLockFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are those of other platforms, for the greater part.
    return found ? found.version === entry.version : entry.optional === true;
  });
}

function npm(args) {
  const cli = process.env.npm_execpath;
  // npm_node_execpath is the Node outside node_modules, which `npm ci` is about to empty.
  const node = process.env.npm_node_execpath || process.execPath;
  const result =
    cli && cli.endsWith('npm-cli.js')
      ? spawnSync(node, [cli, ...args], { cwd: root, stdio: 'inherit' })
      : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    console.error(`npm ${args.join(' ')} failed; the reason stands above.`);
    process.exit(result.status || 1);
  }
}

/** The Node that package.json pins, else this one if it is new enough. */
export function pinnedNode() {
  const { optionalDependencies, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const suffix = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const names = Object.keys(optionalDependencies).filter((name) => name.startsWith('node-') && name.endsWith(suffix));
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const name of names) {
    const path = join(root, 'node_modules', name, 'bin', program);
    if (existsSync(path)) return path;
  }
  const needed = Number.parseInt(engines.node.replace(/\D*/, ''), 10);
  if (Number.parseInt(process.versions.node, 10) >= needed) return process.execPath;
  console.error(
    `Tend needs Node ${needed} or newer; this is ${process.version}, and npm has no Node ${needed} for ${suffix}.`,
  );
  process.exit(1);
}

/** The environment in which tools of node_modules run on the pinned Node. */
export function pinnedEnvironment() {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') || 'PATH';
  const path = [dirname(pinnedNode()), join(root, 'node_modules', '.bin'), process.env[key]].join(delimiter);
  return { ...process.env, [key]: path };
}
