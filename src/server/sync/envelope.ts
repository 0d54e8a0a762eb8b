import { APP_VERSION, type AppVersion, type StopReason } from '#core/sync/protocol.ts';
import type { Instance } from './instance.ts';

/** What every message of a device says about itself. */
export interface Envelope {
  readonly v: number;
  readonly schema: number;
  readonly instance: string | null;
  readonly epoch: string | null;
}

/** Why a device and this server cannot talk to each other, if so. Rows of a newer schema, older devices keep as they are. */
export function envelopeFault(
  envelope: Envelope,
  known: Instance,
  { protocol, schema }: AppVersion = APP_VERSION,
): StopReason | undefined {
  if (envelope.v > protocol || envelope.schema > schema) return 'server_too_old';
  if (envelope.v < protocol) return 'client_too_old';
  const other =
    (envelope.instance !== null && envelope.instance !== known.instance) ||
    (envelope.epoch !== null && envelope.epoch !== known.epoch);
  return other ? 'epoch' : undefined;
}
