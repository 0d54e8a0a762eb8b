import { MUTATORS } from '#core/mutators.ts';
import type { Need, PrincipalName } from './rights.ts';
import type { Belongings, Contents } from './world.ts';

type Args = Readonly<Record<string, unknown>>;
export type NewId = () => string;

/** Who may send a mutation, and its arguments about the things of one project or person. */
export type MutationCase =
  | {
      readonly on: 'project';
      readonly need: Need;
      readonly args: (at: Contents, newId: NewId) => Args;
      /** Principals with the right whom something else keeps from it. */
      readonly except?: readonly PrincipalName[];
      readonly wholeProject?: boolean;
    }
  | { readonly on: 'belonging'; readonly args: (of: Belongings, newId: NewId) => Args }
  | { readonly on: 'self'; readonly args: (newId: NewId) => Args }
  | { readonly on: 'server'; readonly args: (at: Contents, newId: NewId) => Args };

const edit: Need = { right: 'write' };
const write: Need = { right: 'write', content: true };
const comment: Need = { right: 'comment', content: true };
const manage: Need = { right: 'manage' };
const own: Need = { right: 'own', inTrash: true };
const rank = 'a0';

const notAuthors = ['admin', 'editor', 'commenter'] as const;
const notModerators = ['editor', 'commenter'] as const;

/** Every mutator there is. One that is missing here fails a test. */
export const MUTATIONS: Readonly<Record<string, MutationCase>> = {
  'user.provision': { on: 'server', args: (_at, newId) => ({ inboxId: newId(), inboxRank: rank }) },
  'settings.update': { on: 'self', args: () => ({ weekStart: 7 }) },
  'favourite.add': {
    on: 'project',
    need: { right: 'view' },
    args: (at, newId) => ({ id: newId(), targetKind: 'project', targetId: at.project, rank }),
  },
  'favourite.move': { on: 'belonging', args: (of) => ({ id: of.favourite, rank }) },
  'favourite.remove': { on: 'belonging', args: (of) => ({ id: of.favourite }) },
  'label.create': { on: 'self', args: (newId) => ({ id: newId(), name: `label ${newId()}`, rank }) },
  'label.update': { on: 'belonging', args: (of) => ({ id: of.label, color: 'teal', taskIds: [of.inboxTask] }) },
  'filter.create': { on: 'self', args: (newId) => ({ id: newId(), name: 'filter', query: 'p1', rank }) },
  'filter.update': { on: 'belonging', args: (of) => ({ id: of.filter, color: 'teal' }) },
  'filter.delete': { on: 'belonging', args: (of) => ({ id: of.filter }) },
  'label.delete': { on: 'belonging', args: (of) => ({ id: of.label, taskIds: [of.inboxTask] }) },

  'project.create': {
    on: 'project',
    need: edit,
    args: (at, newId) => ({ id: newId(), name: 'New', parentId: at.project, rank }),
  },
  'project.update': {
    on: 'project',
    need: edit,
    args: (at) => ({ id: at.project, color: 'teal' }),
    wholeProject: true,
  },
  'project.move': { on: 'project', need: manage, args: (at) => ({ id: at.project, rank }), wholeProject: true },
  'project.archive': { on: 'project', need: manage, args: (at) => ({ id: at.project }), wholeProject: true },
  'project.unarchive': { on: 'project', need: manage, args: (at) => ({ id: at.project }), wholeProject: true },
  'project.delete': { on: 'project', need: { right: 'own' }, args: (at) => ({ id: at.project }), wholeProject: true },
  'project.restore': { on: 'project', need: own, args: (at) => ({ id: at.project }), wholeProject: true },
  'project.purge': { on: 'project', need: own, args: (at) => ({ id: at.project }), wholeProject: true },
  'member.add': { on: 'server', args: (at) => ({ projectId: at.project, userId: at.user, role: 'viewer' }) },
  'member.changeRole': {
    on: 'project',
    need: manage,
    args: (at) => ({ projectId: at.project, userId: at.user, role: 'viewer' }),
    except: ['admin'],
    wholeProject: true,
  },
  'member.remove': {
    on: 'project',
    need: manage,
    args: (at) => ({ projectId: at.project, userId: at.user }),
    except: ['admin'],
    wholeProject: true,
  },
  'member.leave': {
    on: 'project',
    need: { right: 'view', inTrash: true },
    args: (at) => ({ projectId: at.project }),
    wholeProject: true,
  },
  'member.refresh': { on: 'server', args: (at) => ({ projectId: at.project }) },

  'section.create': {
    on: 'project',
    need: write,
    args: (at, newId) => ({ id: newId(), projectId: at.project, name: 'New', rank }),
  },
  'section.update': { on: 'project', need: write, args: (at) => ({ id: at.section, name: 'Changed' }) },
  'section.delete': { on: 'project', need: write, args: (at) => ({ id: at.section }) },
  'section.restore': { on: 'project', need: write, args: (at) => ({ id: at.trashedSection }) },
  'section.purge': { on: 'project', need: write, args: (at) => ({ id: at.trashedSection }) },

  'task.create': {
    on: 'project',
    need: write,
    args: (at, newId) => ({ id: newId(), projectId: at.project, title: 'New', parentId: at.task, rank }),
  },
  'task.update': { on: 'project', need: write, args: (at) => ({ id: at.task, title: 'Changed', assigneeId: at.user }) },
  'task.describe': {
    on: 'project',
    need: write,
    args: (at) => ({ id: at.task, base: '', description: 'Changed' }),
  },
  'task.complete': { on: 'project', need: write, args: (at) => ({ id: at.task }) },
  'task.uncomplete': { on: 'project', need: write, args: (at) => ({ id: at.task, completionId: at.task }) },
  'task.skip': { on: 'project', need: write, args: (at) => ({ id: at.task }) },
  'task.pause': { on: 'project', need: write, args: (at) => ({ id: at.task }) },
  'task.resume': { on: 'project', need: write, args: (at) => ({ id: at.task }) },
  'task.reopen': { on: 'project', need: write, args: (at) => ({ id: at.task }) },
  'task.move': {
    on: 'project',
    need: write,
    args: (at) => ({ id: at.subtask, projectId: at.project, sectionId: at.section, parentId: null, rank }),
  },
  'task.delete': { on: 'project', need: write, args: (at) => ({ id: at.task }) },
  'task.restore': { on: 'project', need: write, args: (at) => ({ id: at.trashedTask }) },
  'task.purge': { on: 'project', need: write, args: (at) => ({ id: at.trashedTask }) },
  'task.duplicate': {
    on: 'project',
    need: write,
    args: (at, newId) => ({ id: at.task, rank, copies: [{ from: at.task, to: newId() }] }),
  },

  'comment.create': {
    on: 'project',
    need: comment,
    args: (at, newId) => ({ id: newId(), taskId: at.task, body: 'New' }),
  },
  'comment.update': {
    on: 'project',
    need: comment,
    args: (at) => ({ id: at.comment, body: 'Changed' }),
    except: notAuthors,
  },
  'comment.delete': { on: 'project', need: comment, args: (at) => ({ id: at.comment }), except: notModerators },
  'comment.restore': {
    on: 'project',
    need: comment,
    args: (at) => ({ id: at.withdrawnComment }),
    except: notModerators,
  },

  undo: { on: 'belonging', args: (of) => ({ uid: of.mutation }) },
};

/** Arguments that name something new. That an id is taken may be told: it says nothing of what took it. */
export const NEW_IDS: Readonly<Record<string, readonly string[]>> = {
  'favourite.add': ['/id'],
  'label.create': ['/id'],
  'filter.create': ['/id'],
  'project.create': ['/id'],
  'section.create': ['/id'],
  'task.create': ['/id'],
  'task.duplicate': ['/copies/0/to'],
  'comment.create': ['/id'],
};

export function keyOf(name: string): string {
  const mutator = MUTATORS.find((each) => each.name === name);
  if (!mutator) throw new Error(`there is no mutator ${name}`);
  return mutator.key;
}
