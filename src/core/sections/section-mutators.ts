import { Type } from 'typebox';
import { DomainError, notFound } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { authorizeProject, roleIn } from '#core/projects/project-permissions.ts';
import { Id, Rank, optionalFields } from '#core/schema.ts';
import { sectionContent, type Section } from './section.ts';

const strict = { additionalProperties: false };
const ById = Type.Object({ id: Id }, strict);
const content = optionalFields(sectionContent);

/** The section, if the actor may change sections in its project. */
function authorizeSection(tx: MutatorTx, id: string, { inTrash = false } = {}): Section {
  const section = tx.get('section', id);
  if (!section || !roleIn(tx, section.projectId)) throw notFound('section');
  authorizeProject(tx, section.projectId, 'section.write');
  if (!inTrash && section.deletedAt) throw notFound('section');
  return section;
}

export const createSection = defineMutator({
  name: 'section.create',
  version: 1,
  undoable: true,
  args: Type.Object({ ...content, name: sectionContent.name, id: Id, projectId: Id, rank: Rank }, strict),
  authorize: (tx, args) => authorizeProject(tx, args.projectId, 'section.write'),
  run(tx, args) {
    if (tx.get('section', args.id)) throw new DomainError('conflict', 'A section with this id already exists.');
    const { id, projectId, rank, collapsed = false, wipLimit = null } = args;
    tx.put('section', { id, projectId, rank, name: args.name.trim(), collapsed, wipLimit, deletedAt: null });
  },
});

export const updateSection = defineMutator({
  name: 'section.update',
  version: 1,
  undoable: true,
  args: Type.Object({ ...content, id: Id, rank: Type.Optional(Rank) }, strict),
  authorize: (tx, args) => authorizeSection(tx, args.id),
  run(tx, args, section) {
    const next = { ...section, ...args };
    tx.put('section', { ...next, name: next.name.trim() });
  },
});

/** Moves a section and its tasks to the trash under one `deletedAt`. */
export const deleteSection = defineMutator({
  name: 'section.delete',
  version: 1,
  undoable: true,
  args: ById,
  authorize: (tx, args) => authorizeSection(tx, args.id),
  run(tx, _args, section) {
    tx.put('section', { ...section, deletedAt: tx.now });
    for (const task of tx.list('sectionTasks', section.id)) {
      if (!task.deletedAt) tx.put('task', { ...task, deletedAt: tx.now });
    }
  },
});

/** Brings back a section with the tasks that were deleted with it. */
export const restoreSection = defineMutator({
  name: 'section.restore',
  version: 1,
  undoable: true,
  args: ById,
  authorize: (tx, args) => authorizeSection(tx, args.id, { inTrash: true }),
  run(tx, _args, section) {
    if (!section.deletedAt) return;
    tx.put('section', { ...section, deletedAt: null });
    for (const task of tx.list('sectionTasks', section.id)) {
      if (task.deletedAt === section.deletedAt) tx.put('task', { ...task, deletedAt: null });
    }
  },
});

/** Removes a section in the trash for good, with the tasks in it that are in the trash. */
export const purgeSection = defineMutator({
  name: 'section.purge',
  version: 1,
  undoable: false,
  args: ById,
  authorize: (tx, args) => authorizeSection(tx, args.id, { inTrash: true }),
  run(tx, _args, section) {
    if (!section.deletedAt) throw new DomainError('conflict', 'Only a section in the trash can be deleted for good.');
    for (const task of tx.list('sectionTasks', section.id)) {
      if (!task.deletedAt) {
        tx.put('task', { ...task, sectionId: null });
        continue;
      }
      for (const comment of tx.list('taskComments', task.id)) tx.delete('comment', comment.id);
      for (const completion of tx.list('taskCompletions', task.id)) tx.delete('completion', completion.id);
      tx.delete('task', task.id);
    }
    tx.delete('section', section.id);
  },
});
