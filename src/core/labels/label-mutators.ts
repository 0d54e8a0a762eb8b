import { Type } from 'typebox';
import { DomainError, notFound } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { authorizeTask } from '#core/projects/project-permissions.ts';
import { ColorName, Id, Rank } from '#core/schema.ts';
import { SUBTREE_MAX } from '#core/tasks/task.ts';
import { Label, labelKey } from './label.ts';

const strict = { additionalProperties: false };
const { name } = Label.properties;

/** Tasks that carry the label: tasks know names only, so the caller says which ones follow. */
const taskIds = Type.Optional(Type.Array(Id, { maxItems: SUBTREE_MAX, uniqueItems: true }));

function authorizeLabel(tx: MutatorTx, id: string): Label {
  const label = tx.get('label', id);
  if (!label || label.userId !== tx.actor.userId) throw notFound('label');
  return label;
}

function requireFreeName(tx: MutatorTx, wanted: string, ownId: string): void {
  const taken = tx
    .list('userLabels', tx.actor.userId)
    .some((label) => label.id !== ownId && labelKey(label.name) === labelKey(wanted));
  if (taken) throw new DomainError('conflict', `You already have a label "${wanted}".`);
}

export const createLabel = defineMutator({
  name: 'label.create',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, name, color: Type.Optional(ColorName), rank: Rank }, strict),
  authorize(tx, args) {
    if (tx.get('label', args.id)) throw new DomainError('conflict', 'A label with this id already exists.');
  },
  run(tx, args) {
    const label = args.name.trim().normalize('NFC');
    requireFreeName(tx, label, args.id);
    tx.put('label', {
      id: args.id,
      userId: tx.actor.userId,
      name: label,
      color: args.color ?? 'slate',
      rank: args.rank,
    });
  },
});

/** Changes a label; with a new name also the given tasks that carry the old one. */
export const updateLabel = defineMutator({
  name: 'label.update',
  version: 1,
  undoable: true,
  args: Type.Object(
    { id: Id, name: Type.Optional(name), color: Type.Optional(ColorName), rank: Type.Optional(Rank), taskIds },
    strict,
  ),
  authorize: (tx, args) => ({ label: authorizeLabel(tx, args.id), tasks: labelledTasks(tx, args.taskIds) }),
  run(tx, args, { label, tasks }) {
    const renamed = args.name?.trim().normalize('NFC') ?? label.name;
    if (renamed !== label.name) requireFreeName(tx, renamed, label.id);
    tx.put('label', { ...label, name: renamed, color: args.color ?? label.color, rank: args.rank ?? label.rank });
    if (renamed === label.name) return;
    for (const task of tasks) {
      const others = task.labels.filter(
        (each) => labelKey(each) !== labelKey(renamed) || labelKey(renamed) === labelKey(label.name),
      );
      const labels = others.map((each) => (labelKey(each) === labelKey(label.name) ? renamed : each));
      if (others.some((each) => labelKey(each) === labelKey(label.name))) tx.put('task', { ...task, labels });
    }
  },
});

/** Deletes a label and takes its name off the given tasks. */
export const deleteLabel = defineMutator({
  name: 'label.delete',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, taskIds }, strict),
  authorize: (tx, args) => ({ label: authorizeLabel(tx, args.id), tasks: labelledTasks(tx, args.taskIds) }),
  run(tx, _args, { label, tasks }) {
    for (const task of tasks) {
      const labels = task.labels.filter((each) => labelKey(each) !== labelKey(label.name));
      tx.put('task', { ...task, labels });
    }
    for (const favourite of tx.list('userFavourites', label.userId)) {
      if (favourite.targetId === label.id) tx.delete('favourite', favourite.id);
    }
    tx.delete('label', label.id);
  },
});

function labelledTasks(tx: MutatorTx, ids: readonly string[] = []) {
  return ids.map((id) => authorizeTask(tx, id, 'task.write', { inTrash: true }).task);
}
