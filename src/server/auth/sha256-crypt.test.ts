import { expect, test } from 'vitest';
import { verifySha256Crypt } from './sha256-crypt.ts';

/** Of glibc 2.36; the first two are examples of the specification, the third has passlib's number of rounds. */
const VECTORS: readonly (readonly [password: string, hash: string])[] = [
  ['Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['Hello world!', '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA'],
  ['demo1234', '$5$rounds=535000$abcdEFGH12345678$xCgJ4qaFbW4PfdWtKjMc0gTU6tSxIt0dTYUzvl6d.DD'],
  ['This is just a test', '$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5'],
  ['', '$5$x$yHbtfs4Y8t6X1xcJemNX.4JQRfUTafA2qQenWGLBee2'],
  ['päßword – 🥛'.repeat(5), '$5$rounds=1234$asdf.$oVPPXu1y4QKjsi.uEtNzD/xSZMaapP74lkbz5HFiaZ0'],
];

test.each(VECTORS)('the password %j has the hash %s', async (password, hash) => {
  expect(await verifySha256Crypt(password, hash)).toBe(true);
});

test('another password, a damaged hash and too many rounds are refused', async () => {
  const [[password, hash]] = VECTORS as [readonly [string, string]];
  expect(await verifySha256Crypt(`${password} `, hash)).toBe(false);
  expect(await verifySha256Crypt(password, `${hash.slice(0, -1)}9`)).toBe(false);
  expect(await verifySha256Crypt(password, hash.slice(0, -1))).toBe(false);
  expect(await verifySha256Crypt(password, hash.replace('$5$', '$5$rounds=999999999$'))).toBe(false);
});

test('the loop keeps turning while a hash of 535,000 rounds is verified', async () => {
  const [, , [password, hash]] = VECTORS as [unknown, unknown, readonly [string, string]];
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await verifySha256Crypt(password, hash);
  isDone = true;
  // One for every thousand rounds, which take a few milliseconds.
  expect(turns).toBeGreaterThan(500);
});
