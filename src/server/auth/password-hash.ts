import { availableParallelism } from 'node:os';
import { hash as argonHash, verify as argonVerify } from '@node-rs/argon2';
import { DomainError } from '#core/errors.ts';
import type { PasswordHasher } from '#server/context.ts';
import { isSha256Crypt, verifySha256Crypt } from './sha256-crypt.ts';

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$';
const QUEUE_MAX = 50;

/** A login flood may take one core and 38 MiB, not the process: two hashes at once, a queue, then 503. */
export function createPasswordHasher(): PasswordHasher {
  const queue = createHashQueue(Math.max(1, Math.min(2, availableParallelism() - 1)), QUEUE_MAX);
  return {
    hash: (password) => queue(() => argonHash(password, OPTIONS)),
    verify: (password, hash) =>
      queue(async () => {
        if (isSha256Crypt(hash)) return { valid: await verifySha256Crypt(password, hash), rehash: true };
        // What is no hash of ours, an imported placeholder say, is nobody's password.
        if (!hash.startsWith('$argon2')) return { valid: false, rehash: false };
        return { valid: await argonVerify(hash, password), rehash: !hash.startsWith(CURRENT) };
      }),
  };
}

export type HashQueue = <T>(work: () => Promise<T>) => Promise<T>;

export function createHashQueue(atOnce: number, queueMax: number): HashQueue {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= queueMax) {
        throw new DomainError('unavailable', 'Too many people log in at this moment.', { retryAfter: 2 });
      }
      // The one who leaves hands its place on, so `running` stays as it is.
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
