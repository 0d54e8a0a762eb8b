import { Type } from 'typebox';

export const USERNAME_MAX = 64;
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 256;

/** Letters and digits of any script, and what addresses of mail are made of; it begins with a letter or digit. */
const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+-]*$/u;

/** As typed. What it may contain is decided after folding, by `usernameFault`. */
export const UsernameInput = Type.String({
  minLength: 1,
  maxLength: USERNAME_MAX,
  description: 'Case does not matter',
});

/** A password to be set. Logging in accepts whatever was set before there were rules. */
export const NewPassword = Type.String({ minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX });

export const PasswordInput = Type.String({ minLength: 1, maxLength: 1024 });

export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: String.raw`^[^\s@<>"]+@[^\s@<>"]+$` });

/** Names that look the same to a reader are the same name: width, ligatures and case are folded. */
export function foldUsername(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Why a folded name cannot be one; undefined when it can. */
export function usernameFault(folded: string): string | undefined {
  if (folded.length > USERNAME_MAX) return `must not have more than ${USERNAME_MAX} characters`;
  if (!ALLOWED.test(folded)) return 'must begin with a letter or digit and have only letters, digits and . _ @ + -';
  return undefined;
}
