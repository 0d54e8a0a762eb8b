import { foldUsername } from '#core/auth/credentials.ts';
import { DomainError, notFound } from '#core/errors.ts';
import { findUserByName, listUsers, type User } from '#server/auth/user-repository.ts';
import type { ServerContext } from '#server/context.ts';

/** Whose tasks a command is about: the one that `--user` names, else the only one. */
export async function whoseTasks({ database }: ServerContext, name: string | undefined): Promise<User> {
  if (name !== undefined) {
    const user = await findUserByName(database.reader, foldUsername(name));
    if (!user) throw notFound('user');
    return user;
  }
  const [only, ...others] = await listUsers(database.reader);
  if (only && others.length === 0) return only;
  throw new DomainError('validation_failed', 'Say whose tasks, with --user.');
}
