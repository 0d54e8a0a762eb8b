import { Type, type Static } from 'typebox';
import { Id, Instant, Name } from '#core/schema.ts';
import { ROLES } from './role.ts';

export const RoleName = Type.Enum([...ROLES]);

/** Names as the other members see them, so that a device needs no directory of users. */
export const Member = Type.Object({
  id: Type.String({ description: '`<projectId>.<userId>`: a person is in a project at most once' }),
  rev: Type.Integer({ minimum: 1 }),
  createdAt: Instant,
  updatedAt: Instant,
  projectId: Id,
  userId: Id,
  username: Name(64),
  displayName: Name(120),
  role: RoleName,
});
export type Member = Static<typeof Member>;

export function memberId(projectId: string, userId: string): string {
  return `${projectId}.${userId}`;
}
