import { createHash, hash as hashOnce, timingSafeEqual } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

const PREFIX = /^\$5\$(?:rounds=(\d{1,9})\$)?([^$]{0,16})\$([./0-9A-Za-z]{43})$/;
const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ROUNDS_DEFAULT = 5_000;
/** Passlib's default is 535,000; more would let a forged row of an import keep a core busy for minutes. */
const ROUNDS_MAX = 1_000_000;
const ROUNDS_PER_TURN = 1_000;

export function isSha256Crypt(hash: string): boolean {
  return hash.startsWith('$5$');
}

/**
 * SHA-crypt with SHA-256 (https://www.akkadia.org/drepper/SHA-crypt.txt), for the hashes of the original application.
 * Only ever verified: a right password is hashed again with argon2id. Gives the loop a turn every few milliseconds.
 */
export async function verifySha256Crypt(password: string, hash: string): Promise<boolean> {
  const [, given, salt, expected] = PREFIX.exec(hash) ?? [];
  if (salt === undefined || expected === undefined) return false;
  const rounds = given === undefined ? ROUNDS_DEFAULT : Math.max(1_000, Number(given));
  if (rounds > ROUNDS_MAX) return false;
  const digest = await sha256Crypt(Buffer.from(password), Buffer.from(salt), rounds);
  return timingSafeEqual(Buffer.from(encode(digest)), Buffer.from(expected));
}

/** The steps are numbered as in the specification. */
async function sha256Crypt(password: Buffer, salt: Buffer, rounds: number): Promise<Buffer> {
  const b = sha256(password, salt, password); // 4–8
  const parts = [password, salt, stretch(b, password.length)]; // 1–3, 9, 10
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push((bits & 1) === 1 ? b : password); // 11
  let digest = sha256(...parts); // 12
  const dp = createHash('sha256'); // 13–15
  for (let i = 0; i < password.length; i++) dp.update(password);
  const p = stretch(dp.digest(), password.length); // 16
  const ds = createHash('sha256'); // 17–19
  for (let i = 0; i < 16 + (digest[0] ?? 0); i++) ds.update(salt);
  const s = stretch(ds.digest(), salt.length); // 20
  // 21: the input of a round depends only on its number modulo 2, 3 and 7, and on the digest before it.
  for (let i = 0; i < rounds; i++) {
    const odd = (i & 1) === 1;
    const input: Buffer[] = [odd ? p : digest];
    if (i % 3 !== 0) input.push(s);
    if (i % 7 !== 0) input.push(p);
    input.push(odd ? digest : p);
    digest = hashOnce('sha256', Buffer.concat(input), 'buffer');
    if (i % ROUNDS_PER_TURN === ROUNDS_PER_TURN - 1) await turn();
  }
  return digest;
}

function sha256(...parts: readonly Buffer[]): Buffer {
  return hashOnce('sha256', Buffer.concat(parts), 'buffer');
}

function stretch(block: Buffer, length: number): Buffer {
  return Buffer.alloc(length, block);
}

/** Base 64 of its own: three bytes in a peculiar order become four characters, lowest bits first. */
function encode(digest: Buffer): string {
  let text = '';
  const group = (a: number, b: number, c: number, characters: number): void => {
    let bits = (a << 16) | (b << 8) | c;
    for (let i = 0; i < characters; i++, bits >>= 6) text += ALPHABET[bits & 63];
  };
  const at = (i: number): number => digest[i] ?? 0;
  let [x, y, z] = [0, 10, 20];
  for (let i = 0; i < 10; i++) {
    group(at(x), at(y), at(z), 4);
    [x, y, z] = [z + 1, x + 1, y + 1];
  }
  group(0, at(31), at(30), 3);
  return text;
}
