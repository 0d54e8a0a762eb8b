import { PROTOCOL_VERSION, SCHEMA_VERSION, type StopReason } from '#core/sync/protocol.ts';
import type { Instance } from './instance.ts';

/** What every message of a device says about itself. */
export interface Envelope {
  readonly v: number;
  readonly schema: number;
  readonly instance: string | null;
  readonly epoch: string | null;
}

/** Why a device and this server cannot talk to each other, if so. */
export function envelopeFault(envelope: Envelope, known: Instance): StopReason | undefined {
  if (envelope.v > PROTOCOL_VERSION || envelope.schema > SCHEMA_VERSION) return 'server_too_old';
  if (envelope.v < PROTOCOL_VERSION) return 'client_too_old';
  const other =
    (envelope.instance !== null && envelope.instance !== known.instance) ||
    (envelope.epoch !== null && envelope.epoch !== known.epoch);
  return other ? 'epoch' : undefined;
}
