import type { SyncStatus } from '#web/replica/sync-status.ts';

export type SyncTone = 'quiet' | 'busy' | 'warn' | 'danger';

export interface SyncWords {
  readonly tone: SyncTone;
  /** Empty when there is nothing to tell. */
  readonly text: string;
  /** The same as a sentence, for the popover and for assistive technology. */
  readonly sentence: string;
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

export function syncWords({ state, pending, rejected, loaded }: SyncStatus): SyncWords {
  switch (state) {
    case 'synced':
      if (!loaded) return { tone: 'busy', text: '', sentence: 'Getting your tasks.' };
      return { tone: 'quiet', text: '', sentence: 'Everything is saved.' };
    case 'saving':
      return { tone: 'busy', text: `Saving ${pending}`, sentence: `${changes(pending)} on the way to the server.` };
    case 'offline':
      return {
        tone: 'warn',
        text: pending > 0 ? `Offline · ${pending}` : 'Offline',
        sentence: pending > 0 ? `Offline. ${changes(pending)} on this device.` : 'Offline. You can go on working.',
      };
    case 'reconnecting':
      return {
        tone: 'warn',
        text: 'Reconnecting',
        sentence:
          pending > 0
            ? `The server cannot be reached. ${changes(pending)} on this device.`
            : 'The server cannot be reached. Trying again.',
      };
    case 'attention':
      return {
        tone: 'danger',
        text: `Needs attention ${rejected}`,
        sentence: rejected === 1 ? 'One change needs attention.' : `${changes(rejected)} need attention.`,
      };
    case 'signed-out':
      return { tone: 'danger', text: 'Signed out', sentence: 'Signed out — changes kept.' };
    case 'update-needed':
      return { tone: 'warn', text: 'Update ready', sentence: 'A new version of Tend is ready.' };
  }
}

/** What to announce when the state becomes another one; nothing while it stays, and nothing for mere saving. */
export function syncAnnouncement(before: SyncStatus, after: SyncStatus): string | undefined {
  if (before.state === after.state && before.rejected >= after.rejected) return undefined;
  const wasAway = before.state === 'offline' || before.state === 'reconnecting';
  if (after.state === 'synced' || after.state === 'saving') {
    if (!wasAway) return undefined;
    return before.pending > 0 ? `Back online. ${changes(before.pending)} synced.` : 'Back online.';
  }
  if (after.state === 'offline') return 'Offline. Changes are saved on this device.';
  if (after.state === 'reconnecting') return undefined;
  return syncWords(after).sentence;
}

/** What a refused change was, in words: `task.update@1` is "Edit task". */
export function attemptWords(mutatorKey: string): string {
  const [entity = '', verb = ''] = (mutatorKey.split('@')[0] ?? '').split('.');
  if (verb === '') return mutatorKey.startsWith('undo') ? 'Undo' : 'Change';
  return `${VERBS[verb] ?? capital(verb)} ${ENTITIES[entity] ?? entity}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  task: 'task',
  project: 'project',
  section: 'section',
  label: 'label',
  comment: 'comment',
  member: 'member',
  favourite: 'favourite',
  settings: 'settings',
};

const VERBS: Readonly<Record<string, string>> = {
  create: 'Add',
  add: 'Add',
  update: 'Edit',
  complete: 'Complete',
  reopen: 'Reopen',
  move: 'Move',
  delete: 'Delete',
  restore: 'Restore',
  purge: 'Delete for good:',
  changeRole: 'Change role of',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
