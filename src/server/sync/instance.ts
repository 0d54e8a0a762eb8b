import type { Database } from '#server/db/database.ts';

/** Which installation this is, and which of its histories counts (docs/sync.md). */
export interface Instance {
  readonly instance: string;
  readonly epoch: string;
}

export async function readInstance({ reader }: Database): Promise<Instance> {
  const { id, epoch } = await reader.selectFrom('instance').select(['id', 'epoch']).executeTakeFirstOrThrow();
  return { instance: id, epoch };
}
