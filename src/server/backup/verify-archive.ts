import { type Manifest, SECRET_NAME } from './archive-format.ts';
import { readParts } from './archive-parts.ts';
import { ArchiveReader } from './archive-reader.ts';
import { DamagedBackupError } from './backup-errors.ts';
import { TableDigest } from './table-rows.ts';

/** Reads the whole file, unpacks every row, and throws unless all of it is as it was written. */
export async function verifyArchive(path: string): Promise<Manifest> {
  await using reader = await ArchiveReader.open(path);
  const digests = new Map(reader.head.tables.map(({ name }) => [name, new TableDigest()]));
  for await (const { table, lines, rows } of readParts(reader)) digests.get(table.name)?.add(lines, rows);
  const { manifest } = reader;
  for (const { name, columns, key, rows, sha256 } of manifest.tables) {
    const found = digests.get(name)?.totals({ name, columns, key });
    if (found?.rows !== rows || found.sha256 !== sha256) {
      throw new DamagedBackupError(`${path} is damaged: table ${name} is not as it was written.`);
    }
  }
  return manifest;
}

/** The secret key, for an archive that was verified; undefined when it was made without. */
export async function readSecretOf(path: string): Promise<string | undefined> {
  await using reader = await ArchiveReader.open(path);
  for await (const { name, content } of reader.files()) if (name === SECRET_NAME) return content.toString().trim();
  return undefined;
}
