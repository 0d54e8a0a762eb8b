import { type Static, Type } from 'typebox';
import { Member } from '#core/projects/member.ts';

const { properties } = Member;

/** Only what members of a project know of each other. */
export const WireMember = Type.Object(
  {
    projectId: properties.projectId,
    userId: properties.userId,
    username: properties.username,
    displayName: properties.displayName,
    role: properties.role,
    rev: properties.rev,
    createdAt: properties.createdAt,
    updatedAt: properties.updatedAt,
  },
  { $id: 'Member', title: 'Member' },
);
export type WireMember = Static<typeof WireMember>;

export const MemberRef = Type.Unsafe<WireMember>({ $ref: 'Member#' });

export function presentMember(member: Member): WireMember {
  return {
    projectId: member.projectId,
    userId: member.userId,
    username: member.username,
    displayName: member.displayName,
    role: member.role,
    rev: member.rev,
    createdAt: member.createdAt,
    updatedAt: member.updatedAt,
  };
}
