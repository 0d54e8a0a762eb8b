/**
 * The little of POSIX ustar (IEEE Std 1003.1, "pax") that backups need: regular files with short names, so that any
 * `tar` can open one. Every byte of a header follows from name, size and time: a header that differs is damaged.
 */
export interface TarEntry {
  readonly name: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

const BLOCK = 512;
/** Where a tar ends. */
const END_BLOCKS = 2;

export const HEADER_BYTES = BLOCK;
export const END_BYTES = END_BLOCKS * BLOCK;

export function tarHeader({ name, size, mtime }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, 'latin1');
  header.write(octal(0o600, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(mtime, 11), 136);
  // The sum is taken with spaces in its own place.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\u0000 `, 148, 8, 'latin1');
  return header;
}

/** Undefined for everything that `tarHeader` would not have written. */
export function parseTarHeader(block: Buffer): TarEntry | undefined {
  const text = (from: number, to: number): string => block.toString('latin1', from, to).split('\0', 1)[0] ?? '';
  const entry = {
    name: text(0, 100),
    size: Number.parseInt(text(124, 136), 8),
    mtime: Number.parseInt(text(136, 148), 8),
  };
  if (!Number.isSafeInteger(entry.size) || !Number.isSafeInteger(entry.mtime)) return undefined;
  return tarHeader(entry).equals(block) ? entry : undefined;
}

/** Zeros that fill the last block of a file. */
export function paddingOf(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
