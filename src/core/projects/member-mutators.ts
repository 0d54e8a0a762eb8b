import { Type } from 'typebox';
import { DomainError, forbidden, notFound } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { Id } from '#core/schema.ts';
import { memberId, RoleName, type Member } from './member.ts';
import { authorizeProject } from './project-permissions.ts';
import { isAtLeast, type Role } from './role.ts';

const strict = { additionalProperties: false };
const target = { projectId: Id, userId: Id };

/** Adds an account of this instance. Only the server can run it: devices know no other accounts. */
export const addMember = defineMutator({
  name: 'member.add',
  version: 1,
  undoable: false,
  serverOnly: true,
  args: Type.Object({ ...target, role: RoleName }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.projectId, 'member.manage'),
  run(tx, args, { project, role }) {
    if (tx.actor.instanceRole === 'demo') throw forbidden('The demo account cannot share projects.');
    if (project.inbox) throw forbidden('The inbox cannot be shared.');
    requireRank(role, args.role);
    const account = tx.account(args.userId);
    if (!account?.active || account.instanceRole === 'demo') throw notFound('user');
    if (tx.get('member', memberId(args.projectId, args.userId))) {
      throw new DomainError('conflict', `${account.username} is already in this project.`);
    }
    tx.put('member', {
      id: memberId(args.projectId, args.userId),
      projectId: args.projectId,
      userId: args.userId,
      username: account.username,
      displayName: account.displayName,
      role: args.role,
    });
  },
});

export const changeMemberRole = defineMutator({
  name: 'member.changeRole',
  version: 1,
  undoable: false,
  args: Type.Object({ ...target, role: RoleName }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.projectId, 'member.manage'),
  run(tx, args, { role }) {
    const member = findMember(tx, args);
    requireRank(role, member.role);
    requireRank(role, args.role);
    if (member.role === 'owner' && args.role !== 'owner') requireAnotherOwner(tx, member);
    tx.put('member', { ...member, role: args.role });
  },
});

export const removeMember = defineMutator({
  name: 'member.remove',
  version: 1,
  undoable: false,
  args: Type.Object(target, strict),
  authorize: (tx, args) => authorizeProject(tx, args.projectId, 'member.manage'),
  run(tx, args, { role }) {
    const member = findMember(tx, args);
    requireRank(role, member.role);
    dismiss(tx, member);
  },
});

/** Every member may leave, also a project in the trash; the last owner must first name another. */
export const leaveProject = defineMutator({
  name: 'member.leave',
  version: 1,
  undoable: false,
  args: Type.Object({ projectId: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.projectId, 'project.view', { inTrash: true }),
  run: (tx, args) => dismiss(tx, findMember(tx, { projectId: args.projectId, userId: tx.actor.userId })),
});

/** Brings the name that the others see up to date with the account. Only the server can run it, like `member.add`. */
export const refreshMember = defineMutator({
  name: 'member.refresh',
  version: 1,
  undoable: false,
  serverOnly: true,
  args: Type.Object({ projectId: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.projectId, 'project.view', { inTrash: true }),
  run(tx, args) {
    const { userId } = tx.actor;
    const member = findMember(tx, { projectId: args.projectId, userId });
    const account = tx.account(userId);
    if (!account) throw notFound('user');
    tx.put('member', { ...member, username: account.username, displayName: account.displayName });
  },
});

function findMember(tx: MutatorTx, at: { projectId: string; userId: string }): Member {
  const member = tx.get('member', memberId(at.projectId, at.userId));
  if (!member) throw notFound('member');
  return member;
}

/** Nobody gives, changes or takes a role stronger than their own. */
function requireRank(own: Role, concerned: Role): void {
  if (!isAtLeast(own, concerned)) throw forbidden(`As ${own} you cannot give or change the role ${concerned}.`);
}

function requireAnotherOwner(tx: MutatorTx, leaving: Member): void {
  const others = tx.list('projectMembers', leaving.projectId).filter((member) => member.id !== leaving.id);
  if (!others.some((member) => member.role === 'owner')) {
    throw new DomainError('conflict', 'A project needs an owner: make somebody else owner first.');
  }
}

/** Removes a member; what was assigned to them is assigned to nobody. */
function dismiss(tx: MutatorTx, member: Member): void {
  if (member.role === 'owner') requireAnotherOwner(tx, member);
  for (const task of tx.list('projectTasks', member.projectId)) {
    if (task.assigneeId === member.userId) tx.put('task', { ...task, assigneeId: null });
  }
  tx.delete('member', member.id);
}
