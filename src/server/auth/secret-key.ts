import { hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '#server/config.ts';
import type { Keys } from '#server/context.ts';

/** The secret that is configured, else the one in DATA_DIR, which is made at the first start. */
export function loadSecret(config: Config): string {
  if (config.secretKey !== undefined) return config.secretKey;
  const path = join(config.dataDir, 'secret.key');
  return readSecret(path) ?? makeSecret(path);
}

function readSecret(path: string): string | undefined {
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (secret.length < 32)
    throw new Error(`${path} holds no usable secret. Restore it, or remove it to log everybody out.`);
  return secret;
}

function makeSecret(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString('hex');
  let file: number;
  try {
    // Exclusive: of two processes that start together, the second takes what the first made.
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readSecret(path) ?? makeSecret(path);
  }
  try {
    writeSync(file, `${secret}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return secret;
}

/** What tells this installation from others where they share a server; it gives nothing of the secret away. */
export function deriveNamespace(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', 'tend namespace', 8)).toString('hex');
}

/** One key for each purpose: what signs access tokens can never be taken for something else. */
export function deriveKeys(secret: string): Keys {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', secret, '', `tend ${purpose}`, 32));
  return { accessToken: derive('access token'), refreshToken: derive('refresh token') };
}
