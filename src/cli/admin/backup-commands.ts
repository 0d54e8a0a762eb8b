import { resolve } from 'node:path';
import { Command } from 'commander';
import { loadSecret } from '#server/auth/secret-key.ts';
import { listBackups, newBackupPath } from '#server/backup/backup-directory.ts';
import { backUpToFile } from '#server/backup/backup-file.ts';
import type { ArchiveHead, Manifest } from '#server/backup/archive-format.ts';
import { BackupNotWrittenError, codeOf } from '#server/backup/backup-errors.ts';
import { snapshotOf } from '#server/backup/snapshot.ts';
import { verifyArchive } from '#server/backup/verify-archive.ts';
import { writeArchive } from '#server/backup/write-archive.ts';
import { type Config, loadConfig } from '#server/config.ts';
import { packageVersion } from '#server/package-version.ts';
import { type Output, tableOf } from '#cli/output.ts';
import type { CommandEnvironment } from './instance.ts';

interface BackupFlags {
  readonly to?: string;
  readonly withSecretKey?: boolean;
}

/** `tend backup`: everything in one file, also while a server runs. */
export function backupCommand({ output }: CommandEnvironment, configOf: () => Config = loadConfig): Command {
  const command = new Command('backup')
    .description('write everything into one file, also while the server runs')
    .option('--to <file>', 'where to, - for standard output; default: a new file in BACKUP_DIR')
    .option('--with-secret-key', 'put the secret key into the file too')
    .action(async ({ to, withSecretKey = false }: BackupFlags) => {
      const config = configOf();
      const secret = withSecretKey ? loadSecret(config) : undefined;
      const options = { app: packageVersion(), now: Date.now(), secret };
      const begin = performance.now();
      const seconds = () => ((performance.now() - begin) / 1000).toFixed(1);
      if (to === '-') {
        // The failed write tells; without a listener the event would end the process before.
        process.stdout.on('error', () => {});
        const write = (tables: Parameters<typeof writeArchive>[0]) => writeArchive(tables, { write: toPipe }, options);
        const { manifest, bytes } = await snapshotOf(config.database)(write);
        output.err(`Wrote ${sizeOf(bytes)} in ${seconds()} s: ${countsOf(manifest)}.`);
        output.err('A pipe cannot be read back: check the file with "tend backup verify".');
        return;
      }
      const path = to === undefined ? newBackupPath(config.backup.directory, 'manual', options.now) : resolve(to);
      const { manifest, bytes } = await backUpToFile(snapshotOf(config.database), path, options);
      output.out(path);
      output.out(`${sizeOf(bytes)}, read back and verified, in ${seconds()} s: ${countsOf(manifest)}.`);
      if (withSecretKey) output.out('It has the secret key in it: who can read the file can be anybody.');
    });
  command.addCommand(verifyCommand(output));
  command.addCommand(listCommand(output, configOf));
  return command;
}

function verifyCommand(output: Output): Command {
  return new Command('verify')
    .description('read a whole backup and say whether it is as it was written')
    .argument('<file>')
    .action(async (file: string) => {
      const manifest = await verifyArchive(resolve(file));
      output.out(`${file} is complete and undamaged.`);
      output.out(`Made ${describeOrigin(manifest)}.`);
      output.out(`Schema ${manifest.migrations.at(-1) ?? 'none'}, instance ${manifest.instance}.`);
      const rows = manifest.tables.map(({ name, rows: count }) => [name, String(count)]);
      for (const line of tableOf(['TABLE', 'ROWS'], rows)) output.out(line);
    });
}

function listCommand(output: Output, configOf: () => Config): Command {
  return new Command('list')
    .description('the backups in BACKUP_DIR, the newest first')
    .option('--json', 'for programs')
    .action(async ({ json = false }: { json?: boolean }) => {
      const { directory } = configOf().backup;
      const backups = await listBackups(directory);
      if (json) {
        const shown = backups.map(({ head, ...backup }) => ({
          ...backup,
          ...(head instanceof Error
            ? { fault: head.message }
            : { createdAt: head.createdAt, app: head.app, engine: head.engine, instance: head.instance }),
        }));
        output.out(JSON.stringify(shown, null, 2));
        return;
      }
      if (backups.length === 0) {
        output.out(`There is no backup in ${directory}.`);
        return;
      }
      const rows = backups.map(({ name, kind, bytes, head }) => [
        name,
        kind,
        sizeOf(bytes),
        head instanceof Error ? head.message.replaceAll(`${directory}/`, '') : `Tend ${head.app}`,
      ]);
      for (const line of tableOf(['FILE', 'KIND', 'SIZE', 'MADE BY'], rows)) output.out(line);
    });
}

export function describeOrigin({ createdAt, app, engine }: ArchiveHead): string {
  const database = engine === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  return `${createdAt.slice(0, 16).replace('T', ' ')} UTC by Tend ${app} from ${database}`;
}

export function countsOf({ tables }: Manifest): string {
  const rowsOf = (name: string): number => tables.find((table) => table.name === name)?.rows ?? 0;
  const all = tables.reduce((sum, { rows }) => sum + rows, 0);
  return `${counted(rowsOf('user'), 'account')}, ${counted(rowsOf('task'), 'task')}, ${counted(all, 'row')} in all`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function sizeOf(bytes: number): string {
  const [unit, size] = bytes < 1e6 ? ['kB', bytes / 1e3] : bytes < 1e9 ? ['MB', bytes / 1e6] : ['GB', bytes / 1e9];
  return `${size.toFixed(1)} ${unit}`;
}

/** Waits for the reader at the other end. */
function toPipe(chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => {
      if (!error) resolve();
      else
        reject(
          new BackupNotWrittenError(`Standard output was closed (${codeOf(error) ?? error.message}).`, {
            cause: error,
          }),
        );
    });
  });
}
