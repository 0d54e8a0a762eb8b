import { Type } from 'typebox';
import { Id, Instant, Nullable } from '#core/schema.ts';
import { formatInstant } from '#server/db/instant.ts';
import type { User } from './user-repository.ts';

/** An account as its owner sees it. */
export const UserView = Type.Object({
  id: Id,
  username: Type.String(),
  displayName: Type.String(),
  email: Nullable(Type.String()),
  role: Type.Enum(['admin', 'user', 'demo']),
  createdAt: Instant,
});

export function userView(user: User) {
  return {
    id: user.id,
    username: user.username,
    displayName: user.display_name,
    email: user.email,
    role: user.role,
    createdAt: formatInstant(user.created_at),
  };
}
