import type { Kind } from '#core/rows.ts';
import { useUnconfirmed } from './use-unconfirmed.ts';

/** A hollow dot on what the server has not confirmed for a while. Takes no room, so that nothing moves. */
export function UnconfirmedMark({ kind, id }: { kind: Kind; id: string }) {
  if (!useUnconfirmed(kind, id)) return null;
  return <span role="img" aria-label="Not synced yet" data-tooltip="Not synced yet" className="unconfirmed-mark" />;
}
