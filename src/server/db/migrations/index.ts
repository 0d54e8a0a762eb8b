import type { Kysely } from 'kysely';
import type { Engine } from '#server/db/engine.ts';
import * as initial from './0001-initial.ts';
import * as descriptionConflict from './0002-description-conflict.ts';

export interface Migration {
  up(db: Kysely<unknown>, engine: Engine): Promise<void>;
}

/** In order, forward only. A released migration is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-description-conflict': descriptionConflict,
};
