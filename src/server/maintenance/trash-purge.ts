import { DomainError } from '#core/errors.ts';
import { purgeProject } from '#core/projects/project-mutators.ts';
import { purgeSection } from '#core/sections/section-mutators.ts';
import { purgeTask } from '#core/tasks/task-lifecycle-mutators.ts';
import type { ServerContext } from '#server/context.ts';
import { derivedId } from '#server/write/account-effects.ts';

/** What is in the trash for longer is removed for good. */
export const TRASH_DAYS = 30;
const DAY_MS = 86_400_000;
const CHUNK = 100;

/** Projects first: with them goes everything inside. */
const KINDS = [
  ['project', purgeProject],
  ['section', purgeSection],
  ['task', purgeTask],
] as const;

type Context = Pick<ServerContext, 'database' | 'write' | 'clock'>;

interface Trashed {
  readonly id: string;
  readonly rev: number;
  readonly deleted_at: number | null;
  readonly owner: string;
}

/** Removes old trash in the name of each project's owner; returns how many purges were carried out. */
export async function purgeTrash(context: Context, signal?: AbortSignal): Promise<number> {
  const before = context.clock.now() - TRASH_DAYS * DAY_MS;
  let purged = 0;
  for (const [kind, mutator] of KINDS) {
    let after = { deletedAt: 0, id: '' };
    for (;;) {
      const rows = await listTrashed(context, kind, before, after);
      for (const row of rows) {
        if (signal?.aborted) return purged;
        if (await purge(context, kind, mutator.key, row)) purged++;
        after = { deletedAt: row.deleted_at ?? 0, id: row.id };
      }
      if (rows.length < CHUNK) break;
    }
  }
  return purged;
}

function listTrashed(
  { database }: Context,
  kind: (typeof KINDS)[number][0],
  before: number,
  after: { readonly deletedAt: number; readonly id: string },
): Promise<Trashed[]> {
  return database.reader
    .selectFrom(`${kind} as t` as 'task as t')
    .select((eb) => [
      't.id',
      't.rev',
      't.deleted_at',
      eb
        .selectFrom('access')
        .select((access) => access.fn.min('access.user_id').as('owner'))
        .whereRef('access.scope_id', '=', 't.scope_id')
        .where('access.role', '=', 'owner')
        .as('owner'),
    ])
    .where('t.deleted_at', '<', before)
    .where((eb) =>
      eb.or([
        eb('t.deleted_at', '>', after.deletedAt),
        eb.and([eb('t.deleted_at', '=', after.deletedAt), eb('t.id', '>', after.id)]),
      ]),
    )
    .orderBy('t.deleted_at')
    .orderBy('t.id')
    .limit(CHUNK)
    .$castTo<Trashed>()
    .execute();
}

/** False when it may not go: of an archived project, restored in the meantime, or gone with what it was below. */
async function purge(
  { write }: Context,
  kind: 'project' | 'section' | 'task',
  name: string,
  row: Trashed,
): Promise<boolean> {
  const { id, rev, owner } = row;
  const mutation = { uid: derivedId(`purge ${id} ${rev}`), name, args: { id }, ifMatch: { kind, id, rev } };
  const actor = { userId: owner, instanceRole: 'user', source: 'job' } as const;
  try {
    await write.execute({ actor, mutations: [mutation], atomic: true });
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
