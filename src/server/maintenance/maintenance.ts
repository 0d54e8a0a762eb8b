import { forgetOldAccountData } from '#server/auth/account-housekeeping.ts';
import type { Leadership } from '#server/cluster/leadership.ts';
import type { ServerContext } from '#server/context.ts';
import { removeIdleClients } from './idle-clients.ts';
import { compactLog } from './log-compaction.ts';
import { purgeTrash } from './trash-purge.ts';

/** After the start, so that it does not compete with the first requests. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

type Context = Pick<ServerContext, 'database' | 'write' | 'clock' | 'logger' | 'closing'>;

/**
 * Housekeeping inside the process, of several the one that leads. Each step may run twice without harm, as when the
 * leader dies. Resolves when the process is closing and nothing runs any more.
 */
export async function runMaintenance(
  context: Context,
  leadership: Leadership,
  firstAfterMs = FIRST_AFTER_MS,
): Promise<void> {
  const { closing, logger } = context;
  for (let wait = firstAfterMs; await untilNext(wait, closing); wait = EVERY_MS) {
    const isMine = await leadership.isMine().catch((err: unknown) => {
      logger.error({ err }, 'maintenance put off');
      return false;
    });
    if (isMine) await maintainOnce(context);
  }
  await leadership.resign();
}

export async function maintainOnce(context: Context): Promise<void> {
  const { closing, logger } = context;
  const steps = {
    purgedTrash: () => purgeTrash(context, closing),
    compactedScopes: () => compactLog(context, closing),
    forgottenClients: () => removeIdleClients(context),
    forgottenAccountData: () => forgetOldAccountData(context),
  };
  for (const [step, run] of Object.entries(steps)) {
    if (closing.aborted) return;
    try {
      const count = await run();
      if (count > 0) logger.info({ step, count }, 'maintenance');
    } catch (err) {
      // The next round tries again; the other steps do not depend on this one.
      logger.error({ err, step }, 'maintenance failed');
    }
  }
}

/** False when the process is closing. The timer alone does not keep it alive. */
export function untilNext(ms: number, closing: AbortSignal): Promise<boolean> {
  if (closing.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (goOn: boolean): void => {
      clearTimeout(timer);
      closing.removeEventListener('abort', stop);
      resolve(goOn);
    };
    const stop = (): void => done(false);
    const timer = setTimeout(() => done(true), ms).unref();
    closing.addEventListener('abort', stop);
  });
}
