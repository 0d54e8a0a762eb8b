import {
  HEAD_NAME,
  MANIFEST_NAME,
  MANIFEST_SUM_NAME,
  manifestSum,
  mtimeOf,
  sha256,
  type ArchiveHead,
  type Manifest,
  type TableTotals,
} from './archive-format.ts';
import { END_BYTES, paddingOf, tarHeader } from './tar.ts';

/** Where an archive goes: a file, or a pipe. */
export interface Sink {
  write(chunk: Uint8Array): Promise<void>;
}

/** Writes a backup front to back, holding one file of it at a time. */
export class ArchiveWriter {
  readonly #sink: Sink;
  readonly #head: ArchiveHead;
  readonly #files: Manifest['files'] = [];
  #bytes = 0;

  constructor(sink: Sink, head: ArchiveHead) {
    this.#sink = sink;
    this.#head = head;
  }

  static async begin(sink: Sink, head: ArchiveHead): Promise<ArchiveWriter> {
    const writer = new ArchiveWriter(sink, head);
    await writer.add(HEAD_NAME, Buffer.from(`${JSON.stringify(head, null, 1)}\n`));
    return writer;
  }

  /** Size of the archive so far. */
  get bytes(): number {
    return this.#bytes;
  }

  async add(name: string, content: Buffer): Promise<void> {
    this.#files.push({ name, size: content.length, sha256: sha256(content) });
    await this.#file(name, content);
  }

  /** The manifest, and the end of the archive. Without both it counts as cut off. */
  async finish(tables: readonly TableTotals[]): Promise<Manifest> {
    const manifest: Manifest = { ...this.#head, tables: [...tables], files: this.#files };
    const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    await this.#file(MANIFEST_NAME, text);
    await this.#file(MANIFEST_SUM_NAME, manifestSum(text));
    await this.#write(Buffer.alloc(END_BYTES));
    return manifest;
  }

  async #file(name: string, content: Buffer): Promise<void> {
    await this.#write(tarHeader({ name, size: content.length, mtime: mtimeOf(this.#head) }));
    await this.#write(content);
    await this.#write(paddingOf(content.length));
  }

  async #write(chunk: Buffer): Promise<void> {
    if (chunk.length === 0) return;
    await this.#sink.write(chunk);
    this.#bytes += chunk.length;
  }
}
