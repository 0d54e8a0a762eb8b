import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { validationFailed } from '#core/errors.ts';

/** The new password: typed twice without being shown, or the whole of standard input when that is no terminal. */
export async function readNewPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, '');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    const ask = async (question: string): Promise<string> => {
      process.stderr.write(question);
      const answer = await prompt.question('');
      process.stderr.write('\n');
      return answer;
    };
    const password = await ask('New password: ');
    if ((await ask('Again: ')) !== password) throw validationFailed('/password', 'The two passwords differ.');
    return password;
  } finally {
    prompt.close();
  }
}
