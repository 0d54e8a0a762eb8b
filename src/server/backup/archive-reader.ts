import { type FileHandle, open } from 'node:fs/promises';
import {
  FORMAT,
  HEAD_NAME,
  MANIFEST_NAME,
  MANIFEST_SUM_NAME,
  manifestSum,
  mtimeOf,
  parseFormat,
  parseHead,
  parseManifest,
  sha256,
  type ArchiveHead,
  type Manifest,
} from './archive-format.ts';
import { codeOf, DamagedBackupError, NewerBackupError, NotABackupError, NothingThereError } from './backup-errors.ts';
import { END_BYTES, HEADER_BYTES, paddingOf, parseTarHeader, type TarEntry } from './tar.ts';

/** Far above what is ever written as one file; a size beyond it must not take the memory. */
const FILE_BYTES_MAX = 2 ** 30;

export interface ArchiveFile {
  readonly name: string;
  readonly content: Buffer;
  readonly sha256: string;
}

/**
 * Reads a backup front to back. Every byte counts: headers and padding must be what would be written again, contents
 * must have the hashes of the manifest, and nothing may come after the end.
 */
export class ArchiveReader implements AsyncDisposable {
  readonly path: string;
  readonly head: ArchiveHead;
  readonly #first: ArchiveFile;
  readonly #source: ByteSource;
  #manifest: Manifest | undefined;

  private constructor(source: ByteSource, head: ArchiveHead, first: ArchiveFile) {
    this.path = source.path;
    this.head = head;
    this.#first = first;
    this.#source = source;
  }

  /** Reads as far as is needed to know what the file is. */
  static async open(path: string): Promise<ArchiveReader> {
    const source = await ByteSource.open(path);
    try {
      const { mtime, ...first } = await readFirst(source);
      const text = first.content.toString();
      const format = parseFormat(text);
      if (format !== undefined && format > FORMAT) {
        throw new NewerBackupError(`${path} was made by a newer Tend, in format ${format}; this one knows ${FORMAT}.`);
      }
      const head = parseHead(text);
      if (!head || mtime !== mtimeOf(head)) {
        throw new DamagedBackupError(`${path} is damaged: ${HEAD_NAME} cannot be read.`);
      }
      return new ArchiveReader(source, head, first);
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#source.close();
  }

  /** Known once every file was read. */
  get manifest(): Manifest {
    if (!this.#manifest) throw new Error('The manifest comes after the files.');
    return this.#manifest;
  }

  /** The files before the manifest. Only when it ends without an error were they all what they should be. */
  async *files(): AsyncGenerator<ArchiveFile> {
    const seen: Manifest['files'] = [listed(this.#first)];
    yield this.#first;
    for (;;) {
      const file = await this.#next();
      if (file.name === MANIFEST_NAME) {
        await this.#finish(file, seen);
        return;
      }
      seen.push(listed(file));
      yield file;
    }
  }

  async #next(): Promise<ArchiveFile> {
    const { path } = this;
    const entry = parseTarHeader(await this.#source.read(HEADER_BYTES));
    if (!entry || entry.mtime !== mtimeOf(this.head) || entry.size > FILE_BYTES_MAX) {
      throw new DamagedBackupError(`${path} is damaged at byte ${this.#source.offset - HEADER_BYTES}.`);
    }
    return readContent(this.#source, entry);
  }

  async #finish(file: ArchiveFile, seen: Manifest['files']): Promise<void> {
    const damaged = (what: string) => new DamagedBackupError(`${this.path} is damaged: ${what}.`);
    const sum = await this.#next();
    if (sum.name !== MANIFEST_SUM_NAME || !sum.content.equals(manifestSum(file.content))) {
      throw damaged(`${MANIFEST_NAME} does not have its checksum`);
    }
    const manifest = parseManifest(file.content.toString());
    if (!manifest) throw damaged(`${MANIFEST_NAME} cannot be read`);
    for (const [i, expected] of manifest.files.entries()) {
      const found = seen[i];
      if (found?.name !== expected.name) throw damaged(`${expected.name} is missing`);
      if (found.size !== expected.size || found.sha256 !== expected.sha256) {
        throw damaged(`${expected.name} does not have its checksum`);
      }
    }
    if (seen.length > manifest.files.length) throw damaged('it has files that it does not list');
    if (!isZero(await this.#source.read(END_BYTES)) || !(await this.#source.isAtEnd())) {
      throw damaged('it does not end where it should');
    }
    this.#manifest = manifest;
  }
}

function listed({ name, content, sha256: digest }: ArchiveFile): Manifest['files'][number] {
  return { name, size: content.length, sha256: digest };
}

async function readFirst(source: ByteSource): Promise<ArchiveFile & { readonly mtime: number }> {
  const { path } = source;
  const size = await source.size();
  if (size === 0) throw new NotABackupError(`${path} is empty.`);
  const entry = size < HEADER_BYTES ? undefined : parseTarHeader(await source.read(HEADER_BYTES));
  if (entry?.name !== HEAD_NAME) throw new NotABackupError(`${path} is not a backup of Tend.`);
  return { ...(await readContent(source, entry)), mtime: entry.mtime };
}

async function readContent(source: ByteSource, entry: TarEntry): Promise<ArchiveFile> {
  const content = await source.read(entry.size);
  const padding = paddingOf(entry.size);
  if (!(await source.read(padding.length)).equals(padding)) {
    throw new DamagedBackupError(`${source.path} is damaged after ${entry.name}.`);
  }
  return { name: entry.name, content, sha256: sha256(content) };
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

class ByteSource {
  readonly path: string;
  readonly #file: FileHandle;
  #offset = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async open(path: string): Promise<ByteSource> {
    try {
      const file = await open(path, 'r');
      if ((await file.stat()).isFile()) return new ByteSource(path, file);
      await file.close();
    } catch (cause) {
      if (codeOf(cause) === 'ENOENT') throw new NothingThereError(`There is no file ${path}.`, { cause });
      throw new NothingThereError(`${path} cannot be read (${codeOf(cause) ?? 'unknown error'}).`, { cause });
    }
    throw new NotABackupError(`${path} is not a file. A backup is read twice, so it cannot come from a pipe.`);
  }

  get offset(): number {
    return this.#offset;
  }

  async size(): Promise<number> {
    return (await this.#file.stat()).size;
  }

  async isAtEnd(): Promise<boolean> {
    return (await this.size()) === this.#offset;
  }

  /** Exactly so many bytes. */
  async read(length: number): Promise<Buffer> {
    if (this.#offset + length > (await this.size())) {
      throw new DamagedBackupError(`${this.path} is incomplete: it ends at byte ${await this.size()}.`);
    }
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.#file.read(buffer, done, length - done, this.#offset + done);
      if (bytesRead === 0) throw new DamagedBackupError(`${this.path} became shorter while it was read.`);
      done += bytesRead;
    }
    this.#offset += length;
    return buffer;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
