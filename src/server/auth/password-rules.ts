import { validationFailed } from '#core/errors.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '#core/auth/credentials.ts';

let common: Promise<ReadonlySet<string>> | undefined;

/** Nearly 50,000 passwords that attackers try first. Loaded when somebody first chooses a password. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map((password) => password.toLowerCase())),
  );
  return common;
}

/** Length and the list, no rules of composition and no trimming (ASVS 6.2). */
export async function assertGoodPassword(password: string, username: string, path: string): Promise<void> {
  if (password.length < PASSWORD_MIN)
    throw validationFailed(path, `A password has at least ${PASSWORD_MIN} characters.`);
  if (password.length > PASSWORD_MAX)
    throw validationFailed(path, `A password has at most ${PASSWORD_MAX} characters.`);
  const folded = password.toLowerCase();
  if (folded === username || (await commonPasswords()).has(folded)) {
    throw validationFailed(path, 'This password is one that attackers try first. Choose another.');
  }
}
