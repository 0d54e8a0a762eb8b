import { Type } from 'typebox';
import { DomainError, forbidden, validationFailed } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { Id, Nullable, Rank, optionalFields } from '#core/schema.ts';
import { Member, memberId } from './member.ts';
import { authorizeProject } from './project-permissions.ts';
import { PROJECT_DEPTH_MAX, projectContent, type Project } from './project.ts';

const strict = { additionalProperties: false };
const content = optionalFields(projectContent);

export const createProject = defineMutator({
  name: 'project.create',
  version: 1,
  undoable: true,
  args: Type.Object(
    {
      ...content,
      name: projectContent.name,
      id: Id,
      parentId: Type.Optional(Nullable(Id)),
      rank: Rank,
      /** How the owner is shown to others; a server sets both from the account. */
      username: Type.Optional(Member.properties.username),
      displayName: Type.Optional(Member.properties.displayName),
    },
    strict,
  ),
  authorize: (tx, args) => args.parentId && authorizeProject(tx, args.parentId, 'project.edit'),
  run(tx, args) {
    if (tx.get('project', args.id)) throw new DomainError('conflict', 'A project with this id already exists.');
    if (args.parentId) requireDepth(tx, args.id, args.parentId);
    putProject(tx, {
      id: args.id,
      name: args.name.trim(),
      color: args.color ?? 'slate',
      icon: args.icon ?? null,
      view: args.view ?? null,
      parentId: args.parentId ?? null,
      rank: args.rank,
      inbox: false,
    });
    putOwner(tx, args.id, args);
  },
});

/** Writes a new project of the actor. */
export function putProject(
  tx: MutatorTx,
  project: Pick<Project, 'id' | 'name' | 'color' | 'icon' | 'view' | 'parentId' | 'rank' | 'inbox'>,
): void {
  tx.put('project', { ...project, createdBy: tx.actor.userId, archivedAt: null, deletedAt: null });
}

/** Makes the actor the owner. The server knows the account; a device shows what its caller says until then. */
export function putOwner(tx: MutatorTx, projectId: string, shown: { username?: string; displayName?: string }): void {
  const { userId } = tx.actor;
  const account = tx.account(userId);
  const username = account?.username ?? shown.username ?? 'me';
  tx.put('member', {
    id: memberId(projectId, userId),
    projectId,
    userId,
    username,
    displayName: account?.displayName ?? shown.displayName ?? username,
    role: 'owner',
  });
}

export const updateProject = defineMutator({
  name: 'project.update',
  version: 1,
  undoable: true,
  args: Type.Object({ ...content, id: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.id, 'project.edit'),
  run(tx, args, { project }) {
    if (project.inbox && args.name !== undefined) throw forbidden('The inbox cannot be renamed.');
    const next = { ...project, ...args };
    tx.put('project', { ...next, name: next.name.trim() });
  },
});

/** Places a project in the tree of projects. */
export const moveProject = defineMutator({
  name: 'project.move',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, parentId: Type.Optional(Nullable(Id)), rank: Type.Optional(Rank) }, strict),
  authorize(tx, args) {
    if (args.parentId) authorizeProject(tx, args.parentId, 'project.edit');
    return authorizeProject(tx, args.id, 'project.manage');
  },
  run(tx, args, { project }) {
    refuseInbox(project, 'moved');
    const parentId = args.parentId === undefined ? project.parentId : args.parentId;
    if (parentId && parentId !== project.parentId) requireDepth(tx, project.id, parentId);
    tx.put('project', { ...project, parentId, rank: args.rank ?? project.rank });
  },
});

function requireDepth(tx: MutatorTx, projectId: string, parentId: string): void {
  let depth = 1;
  for (let id: string | null = parentId; id !== null; depth++) {
    if (id === projectId) throw validationFailed('/parentId', 'A project cannot be placed below itself.');
    if (depth >= PROJECT_DEPTH_MAX) {
      throw validationFailed('/parentId', `Projects can be nested ${PROJECT_DEPTH_MAX} levels deep.`);
    }
    const parent: Project | undefined = tx.get('project', id);
    if (parent?.inbox) throw validationFailed('/parentId', 'Projects cannot be placed below the inbox.');
    id = parent?.parentId ?? null;
  }
}

function refuseInbox(project: Project, verb: string): void {
  if (project.inbox) throw forbidden(`The inbox cannot be ${verb}.`);
}

export const archiveProject = defineMutator({
  name: 'project.archive',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.id, 'project.manage'),
  run(tx, _args, { project }) {
    refuseInbox(project, 'archived');
    if (!project.archivedAt) tx.put('project', { ...project, archivedAt: tx.now });
  },
});

export const unarchiveProject = defineMutator({
  name: 'project.unarchive',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.id, 'project.manage'),
  run: (tx, _args, { project }) => tx.put('project', { ...project, archivedAt: null }),
});

/** Moves a project with all it holds to the trash; its tasks stay as they are inside it. */
export const deleteProject = defineMutator({
  name: 'project.delete',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.id, 'project.delete'),
  run(tx, _args, { project }) {
    refuseInbox(project, 'deleted');
    tx.put('project', { ...project, deletedAt: tx.now });
  },
});

export const restoreProject = defineMutator({
  name: 'project.restore',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.id, 'project.delete', { inTrash: true }),
  run: (tx, _args, { project }) => tx.put('project', { ...project, deletedAt: null }),
});

/** Removes a project in the trash for good, with everything in it. */
export const purgeProject = defineMutator({
  name: 'project.purge',
  version: 1,
  undoable: false,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.id, 'project.delete', { inTrash: true }),
  run(tx, args, { project }) {
    if (!project.deletedAt) throw new DomainError('conflict', 'Only a project in the trash can be deleted for good.');
    for (const comment of tx.list('projectComments', args.id)) tx.delete('comment', comment.id);
    for (const completion of tx.list('projectCompletions', args.id)) tx.delete('completion', completion.id);
    for (const task of tx.list('projectTasks', args.id)) tx.delete('task', task.id);
    for (const section of tx.list('projectSections', args.id)) tx.delete('section', section.id);
    for (const member of tx.list('projectMembers', args.id)) tx.delete('member', member.id);
    tx.delete('project', args.id);
  },
});
