import type { SyncStatus } from '#web/replica/sync-status.ts';

export type SyncTone = 'quiet' | 'busy' | 'warn' | 'danger';

export interface SyncWords {
  readonly tone: SyncTone;
  /** Empty when there is nothing to tell. */
  readonly text: string;
  /** The same as a sentence, for the popover and for assistive technology. */
  readonly sentence: string;
}

export function changesWords(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

export function syncWords({ state, pending, rejected, loaded }: SyncStatus): SyncWords {
  switch (state) {
    case 'synced':
      if (!loaded) return { tone: 'busy', text: '', sentence: 'Getting your tasks.' };
      return { tone: 'quiet', text: '', sentence: 'Everything is saved.' };
    case 'saving':
      return {
        tone: 'busy',
        text: `Saving ${pending}`,
        sentence: `${changesWords(pending)} on the way to the server.`,
      };
    case 'offline':
      return {
        tone: 'warn',
        text: pending > 0 ? `Offline · ${pending}` : 'Offline',
        sentence: pending > 0 ? `Offline. ${changesWords(pending)} on this device.` : 'Offline. You can go on working.',
      };
    case 'paused':
      return {
        tone: 'warn',
        text: pending > 0 ? `Working offline · ${pending}` : 'Working offline',
        sentence: pending > 0 ? `Working offline. ${changesWords(pending)} on this device.` : 'Working offline.',
      };
    case 'reconnecting':
      return {
        tone: 'warn',
        text: 'Reconnecting',
        sentence:
          pending > 0
            ? `The server cannot be reached. ${changesWords(pending)} on this device.`
            : 'The server cannot be reached. Trying again.',
      };
    case 'attention':
      return {
        tone: 'danger',
        text: `Needs attention ${rejected}`,
        sentence: rejected === 1 ? 'One change needs attention.' : `${changesWords(rejected)} need attention.`,
      };
    case 'signed-out':
      return { tone: 'danger', text: 'Signed out', sentence: 'Signed out — changes kept.' };
    case 'update-needed':
      return { tone: 'warn', text: 'Update ready', sentence: 'A new version of Tend is ready.' };
  }
}

/** `low`: the browser says that room runs out; `full` and `failing`: it did not keep what it was given. */
export type StorageTrouble = 'low' | 'full' | 'failing';

/** What is wrong with this device matters more than how the connection is, but not more than a decision to make. */
export function troubleWords(status: SyncStatus, trouble: StorageTrouble | null): SyncWords {
  const words = syncWords(status);
  if (trouble === null || words.tone === 'danger' || status.state === 'update-needed') return words;
  const waiting = status.pending > 0 ? ` ${changesWords(status.pending)} not on the server yet.` : '';
  switch (trouble) {
    case 'low':
      return { tone: 'warn', text: 'Storage almost full', sentence: `${words.sentence} Storage is almost full.` };
    case 'full':
      return {
        tone: 'danger',
        text: 'Storage full',
        sentence: `The storage of this browser is full. Keep this page open until all is saved.${waiting}`,
      };
    case 'failing':
      return {
        tone: 'danger',
        text: 'Not kept here',
        sentence: `This browser cannot keep changes. Keep this page open until all is saved.${waiting}`,
      };
  }
}
