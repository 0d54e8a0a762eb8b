/**
 * What `npm start` and `npm test` need before anything else: the packages of package-lock.json and the pinned Node.
 * Runs on any Node from 18 on, because it may run before the pinned one is there.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const program = process.platform === 'win32' ? 'node.exe' : 'node';
const lockFile = join(root, 'package-lock.json');
/** npm writes it as the last step of an installation. */
const installedLockFile = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.cache', 'tend-installation.json');

/** Runs `npm ci` unless node_modules already holds what package-lock.json says. */
export function ensureInstalled() {
  if (isStampCurrent()) return;
  if (!isInstallationCurrent()) {
    console.log('Installing packages (npm ci) …');
    const temporary = mkdtempSync(join(tmpdir(), 'tend-node-'));
    try {
      // --include=dev: NODE_ENV=production would leave out what builds the web app.
      npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], nodeForNpm(temporary));
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
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
    return found ? found.version === entry.version : entry.optional === true && !isForThisPlatform(entry);
  });
}

/** Optional packages are binaries for one platform each. One without `os` or `cpu` is optional everywhere. */
function isForThisPlatform({ os, cpu, libc }) {
  if (!os || !cpu || !os.includes(process.platform) || !cpu.includes(process.arch)) return false;
  const own = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  return !libc || libc.includes(own);
}

/**
 * An old Node would leave out the binaries of build tools that ask for a newer one, without a word: npm takes a
 * package that is optional and does not fit for one that is not wanted. So the pinned Node comes first, by itself.
 */
function nodeForNpm(temporary) {
  const name = pinnedPackages()[0];
  if (isNewEnough() || !name) {
    if (!process.execPath.startsWith(join(root, 'node_modules'))) return process.execPath;
    // `npm ci` is about to remove the Node that runs this.
    copyFileSync(process.execPath, join(temporary, program));
    return join(temporary, program);
  }
  const { optionalDependencies } = manifest();
  const target = ['--prefix', temporary, '--no-save', '--no-package-lock', '--loglevel=error'];
  npm(['install', ...target, '--ignore-scripts', `${name}@${optionalDependencies[name]}`], process.execPath);
  return join(temporary, 'node_modules', name, 'bin', program);
}

function npm(args, node) {
  const cli = process.env.npm_execpath;
  const result =
    cli && cli.endsWith('npm-cli.js')
      ? spawnSync(node, [cli, ...args], { cwd: root, stdio: 'inherit' })
      : spawnSync('npm', args, {
          cwd: root,
          stdio: 'inherit',
          shell: process.platform === 'win32',
          env: environmentWith(dirname(node)),
        });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    console.error(`npm ${args.join(' ')} failed; the reason stands above.`);
    process.exit(result.status || 1);
  }
}

function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The packages of package.json that hold a Node for this platform. */
function pinnedPackages() {
  const suffix = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const names = Object.keys(manifest().optionalDependencies);
  return names.filter((name) => name.startsWith('node-') && name.endsWith(suffix));
}

function isNewEnough() {
  return Number.parseInt(process.versions.node, 10) >= neededMajor();
}

function neededMajor() {
  return Number.parseInt(manifest().engines.node.replace(/\D*/, ''), 10);
}

/** The Node that package.json pins, else this one if it is new enough. */
export function pinnedNode() {
  for (const name of pinnedPackages()) {
    const path = join(root, 'node_modules', name, 'bin', program);
    if (existsSync(path)) return path;
  }
  if (isNewEnough()) return process.execPath;
  const platform = `${process.platform} on ${process.arch}`;
  console.error(
    `Tend needs Node ${neededMajor()} or newer; this is ${process.version}, and npm has none for ${platform}.`,
  );
  process.exit(1);
}

/** The environment in which tools of node_modules run on the pinned Node. */
export function pinnedEnvironment() {
  return environmentWith(dirname(pinnedNode()), join(root, 'node_modules', '.bin'));
}

function environmentWith(...directories) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') || 'PATH';
  return { ...process.env, [key]: [...directories, process.env[key]].join(delimiter) };
}
