import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { flushDirectory } from './backup-file.ts';

/** The secret key of another installation instead of this one's; the old one stays beside it. */
export async function replaceSecret(dataDir: string, secret: string, now: number): Promise<void> {
  const path = join(dataDir, 'secret.key');
  const temporary = `${path}.restoring`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(`${secret}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(path, `${path}.before-${now}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(temporary, path);
  await flushDirectory(dataDir);
}
