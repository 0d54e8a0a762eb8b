import { promisify } from 'node:util';
import { gunzip as gunzipCallback } from 'node:zlib';
import { partName, type TableShape, tableOfPart } from './archive-format.ts';
import type { ArchiveReader } from './archive-reader.ts';
import { DamagedBackupError } from './backup-errors.ts';

const gunzip = promisify(gunzipCallback);

/** Parts are written much smaller; what unpacks to more must not take the memory. */
const UNPACKED_MAX = 256 * 2 ** 20;
const NEWLINE = 10;

/** Some rows of a table, each a line of JSON with its end. */
export interface Part {
  readonly file: string;
  readonly sha256: string;
  readonly table: TableShape;
  readonly lines: Buffer;
  readonly rows: number;
}

/** The rows of an archive, part by part, in its order. */
export async function* readParts(reader: ArchiveReader): AsyncGenerator<Part> {
  const shapes = new Map(reader.head.tables.map((shape) => [shape.name, shape]));
  const counts = new Map<string, number>();
  for await (const file of reader.files()) {
    const name = tableOfPart(file.name);
    if (name === undefined) continue;
    const part = (counts.get(name) ?? 0) + 1;
    counts.set(name, part);
    const table = shapes.get(name);
    if (!table || file.name !== partName(name, part)) {
      throw new DamagedBackupError(`${reader.path} is damaged: ${file.name} should not be there.`);
    }
    const lines = await unpack(reader.path, file.name, file.content);
    yield { file: file.name, sha256: file.sha256, table, lines, rows: countLines(lines) };
  }
}

async function unpack(path: string, name: string, content: Buffer): Promise<Buffer> {
  try {
    return await gunzip(content, { maxOutputLength: UNPACKED_MAX });
  } catch (cause) {
    throw new DamagedBackupError(`${path} is damaged: ${name} cannot be unpacked.`, { cause });
  }
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(NEWLINE); at >= 0; at = lines.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
