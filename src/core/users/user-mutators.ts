import { Type } from 'typebox';
import { DomainError, notFound, validationFailed } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { putOwner, putProject } from '#core/projects/project-mutators.ts';
import { authorizeProject, roleIn } from '#core/projects/project-permissions.ts';
import { Id, Rank, optionalFields } from '#core/schema.ts';
import { type Favourite, FavouriteKind } from './favourite.ts';
import { QUICK_ADD_DEFAULT, settingsContent } from './settings.ts';

const strict = { additionalProperties: false };
const content = optionalFields(settingsContent);

/** What a new account begins with: settings and an inbox. Runs once, when the account is made. */
export const provisionUser = defineMutator({
  name: 'user.provision',
  version: 1,
  undoable: false,
  serverOnly: true,
  args: Type.Object({ ...content, inboxId: Id, inboxRank: Rank }, strict),
  authorize(tx) {
    const { userId } = tx.actor;
    if (tx.get('settings', userId)) throw new DomainError('conflict', 'This account is already set up.');
    return userId;
  },
  run(tx, { inboxId, inboxRank, ...given }, userId) {
    tx.put('settings', {
      id: userId,
      userId,
      timeZone: given.timeZone ?? 'UTC',
      locale: given.locale ?? 'en',
      weekStart: given.weekStart ?? 1,
      dayStart: given.dayStart ?? 0,
      theme: given.theme ?? 'system',
      homeView: given.homeView ?? 'today',
      quickAdd: given.quickAdd ?? QUICK_ADD_DEFAULT,
      singleKeyShortcuts: given.singleKeyShortcuts ?? true,
    });
    putProject(tx, {
      id: inboxId,
      name: 'Inbox',
      color: 'slate',
      icon: null,
      view: null,
      parentId: null,
      rank: inboxRank,
      inbox: true,
    });
    putOwner(tx, inboxId, {});
  },
});

export const updateSettings = defineMutator({
  name: 'settings.update',
  version: 1,
  undoable: true,
  args: Type.Object(content, strict),
  authorize(tx) {
    const settings = tx.get('settings', tx.actor.userId);
    if (!settings) throw notFound('user');
    return settings;
  },
  run: (tx, args, settings) => tx.put('settings', { ...settings, ...args }),
});

export const addFavourite = defineMutator({
  name: 'favourite.add',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, targetKind: FavouriteKind, targetId: Id, rank: Rank }, strict),
  authorize(tx, args) {
    if (tx.get('favourite', args.id)) throw new DomainError('conflict', 'A favourite with this id already exists.');
    authorizeTarget(tx, args);
  },
  run(tx, args) {
    const { userId } = tx.actor;
    const present = tx.list('userFavourites', userId);
    if (present.some((favourite) => favourite.targetId === args.targetId)) return;
    if (present.length >= FAVOURITES_MAX)
      throw validationFailed('', `There can be at most ${FAVOURITES_MAX} favourites.`);
    tx.put('favourite', { ...args, userId });
  },
});

const FAVOURITES_MAX = 200;

/** Throws unless the actor may see what the favourite is to point at. */
function authorizeTarget(tx: MutatorTx, { targetKind, targetId }: Pick<Favourite, 'targetKind' | 'targetId'>): void {
  if (targetKind === 'label') {
    if (tx.get('label', targetId)?.userId !== tx.actor.userId) throw notFound('label');
    return;
  }
  if (targetKind === 'filter') {
    if (tx.get('filter', targetId)?.userId !== tx.actor.userId) throw notFound('filter');
    return;
  }
  const section = targetKind === 'section' ? tx.get('section', targetId) : undefined;
  if (targetKind === 'section' && (!section || !roleIn(tx, section.projectId))) throw notFound('section');
  authorizeProject(tx, section?.projectId ?? targetId, 'project.view');
}

export const moveFavourite = defineMutator({
  name: 'favourite.move',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, rank: Rank }, strict),
  authorize: (tx, args) => ownFavourite(tx.get('favourite', args.id), tx.actor.userId),
  run: (tx, args, favourite) => tx.put('favourite', { ...favourite, rank: args.rank }),
});

export const removeFavourite = defineMutator({
  name: 'favourite.remove',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => ownFavourite(tx.get('favourite', args.id), tx.actor.userId),
  run: (tx, args) => tx.delete('favourite', args.id),
});

function ownFavourite<F extends { readonly userId: string }>(favourite: F | undefined, userId: string): F {
  if (favourite?.userId !== userId) throw notFound('favourite');
  return favourite;
}
