import { randomFillSync } from 'node:crypto';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { uuidv7 } from '#core/ids.ts';
import { NothingThereError } from '#server/backup/backup-errors.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { replaceSecret } from '#server/backup/secret-file.ts';
import { readSecretOf } from '#server/backup/verify-archive.ts';
import { type Config, ConfigError, loadConfig } from '#server/config.ts';
import { packageVersion } from '#server/package-version.ts';
import { countsOf, describeOrigin } from './backup-commands.ts';
import type { CommandEnvironment } from './instance.ts';

interface RestoreFlags {
  readonly replace?: boolean;
  readonly discardLater?: boolean;
  readonly withSecretKey?: boolean;
}

/** `tend restore`: the database becomes what a backup says, or stays as it is. */
export function restoreCommand({ output }: CommandEnvironment, configOf: () => Config = loadConfig): Command {
  return new Command('restore')
    .description('make the database what a backup says; the server must not run')
    .argument('<file>')
    .option('--replace', 'also when there are accounts; they are kept in a backup of their own')
    .option('--discard-later', 'devices forget what they did after the backup, instead of bringing it back')
    .option('--with-secret-key', 'take over the secret key of the backup too')
    .action(async (file: string, { replace = false, discardLater = false, withSecretKey = false }: RestoreFlags) => {
      const config = configOf();
      const path = resolve(file);
      const secret = withSecretKey ? await secretFrom(path, config) : undefined;
      const begin = performance.now();
      const now = Date.now();
      const { manifest, safety } = await restoreBackup(config.database, path, {
        app: packageVersion(),
        now,
        replace,
        backupDirectory: config.backup.directory,
        newEpoch: discardLater ? uuidv7(now, (bytes) => randomFillSync(bytes)) : undefined,
      });
      if (secret !== undefined) await replaceSecret(config.dataDir, secret, now);
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      output.out(`Restored the backup made ${describeOrigin(manifest)}, in ${seconds} s: ${countsOf(manifest)}.`);
      if (safety) output.out(`What was there before is kept in ${safety.path}`);
      output.out(
        discardLater
          ? 'Devices will forget what they did after the backup.'
          : 'Devices that were ahead of the backup will bring back what they did since.',
      );
    });
}

/** Before anything is touched: a key that is not there, or would have no effect, is a misunderstanding. */
async function secretFrom(path: string, config: Config): Promise<string> {
  if (config.secretKey !== undefined) {
    throw new ConfigError(['SECRET_KEY: it is set, so the key in the backup would have no effect.']);
  }
  const secret = await readSecretOf(path);
  if (secret === undefined) throw new NothingThereError('The backup was made without the secret key.');
  return secret;
}
