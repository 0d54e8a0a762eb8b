import type { SyncProgress } from '#web/replica/sync-status.ts';
import { useSyncState } from '#web/replica/use-query.ts';

const numberFormat = new Intl.NumberFormat();

/** In steps of about one percent: an account arrives in hundreds of parts, too many to draw each. */
export function progressWords({ received, total }: SyncProgress): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(total)) - 2);
  const shown = received >= total ? total : Math.floor(received / step) * step;
  return `${numberFormat.format(shown)} of ${numberFormat.format(total)} tasks`;
}

/** What to tell while the data of the account arrives. */
export function useLoadingWords(): string {
  return useSyncState(({ progress }) => (progress ? progressWords(progress) : 'Getting your tasks'));
}
