import { basename, dirname, join } from 'node:path';

/** Where a backup is written until it is complete: hidden, and not one of the names that count as a backup. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.part`);
}
