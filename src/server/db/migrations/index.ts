import type { Kysely } from 'kysely';
import type { Engine } from '#server/db/engine.ts';
import * as initial from './0001-initial.ts';
import * as descriptionConflict from './0002-description-conflict.ts';
import * as completion from './0003-completion.ts';
import * as savedFilters from './0004-saved-filters.ts';
import * as filterIndexes from './0005-filter-indexes.ts';
import * as searchVersion from './0006-search-version.ts';
import * as quickAddSettings from './0007-quick-add-settings.ts';

export interface Migration {
  up(db: Kysely<unknown>, engine: Engine): Promise<void>;
}

/** In order, forward only. A released migration is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-description-conflict': descriptionConflict,
  '0003-completion': completion,
  '0004-saved-filters': savedFilters,
  '0005-filter-indexes': filterIndexes,
  '0006-search-version': searchVersion,
  '0007-quick-add-settings': quickAddSettings,
};
