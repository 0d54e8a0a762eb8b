import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What a server said is done. Each kind of fact can be read back from the database. */
export type Ack =
  | { readonly kind: 'task'; readonly title: string }
  | { readonly kind: 'place'; readonly taskId: string; readonly projectId: string }
  | { readonly kind: 'comment'; readonly commentId: string };

/**
 * The driver's own record of every acknowledgement, outside the database under test and on disk before it is
 * relied on.
 */
export class AckLog implements Disposable {
  readonly #path: string;
  readonly #file: number;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a+');
  }

  write(ack: Ack): void {
    writeSync(this.#file, `${JSON.stringify(ack)}\n`);
  }

  /** Everything that was ever acknowledged, as the disk has it. */
  read(): Ack[] {
    fsyncSync(this.#file);
    return readFileSync(this.#path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Ack);
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
