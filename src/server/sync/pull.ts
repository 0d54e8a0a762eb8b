import { must } from '#core/errors.ts';
import type { AppVersion, PullRequest, PullResponse, Rejection } from '#core/sync/protocol.ts';
import { inSnapshot, type Database, type Tx } from '#server/db/database.ts';
import type { CatchUps } from './catch-ups.ts';
import { envelopeFault } from './envelope.ts';
import type { Instance } from './instance.ts';
import { findUnknownCursors } from './lineage.ts';
import { NewerRowsError, requireKnownRows } from './newer-rows.ts';
import { readDeltas } from './scope-delta.ts';
import { countRows, listVisibleScopes, type VisibleScope } from './scope-repository.ts';
import { fittingScopes, readWholeScopes, WHOLE_MAX } from './whole-scope.ts';

/** Commits since the cursors of a device; with more than this it catches up, and takes its turn. */
const BEHIND_MAX = 200;

/** More than any device has unacknowledged: it sends its queue in pieces of 200. */
const REJECTIONS_MAX = 1_000;

export interface PullOptions {
  /** Takes turns of devices that are far behind. */
  readonly catchUps?: CatchUps;
  /** Rows of scopes that are sent whole instead of page by page. */
  readonly wholeMax?: number;
  /** What the server speaks. */
  readonly version?: AppVersion | undefined;
}

/**
 * Everything that changed for a device, all scopes in one snapshot together with how far its own queue came:
 * a move between projects is seen as one step, and an own write never flickers.
 */
export async function pullChanges(
  database: Database,
  instance: Instance,
  userId: string,
  request: PullRequest,
  { catchUps, wholeMax = WHOLE_MAX, version }: PullOptions = {},
): Promise<PullResponse> {
  const pull = (mayCatchUp: boolean) =>
    pullOnce(database, instance, userId, request, { mayCatchUp, wholeMax, version });
  try {
    const answer = await pull(catchUps === undefined);
    if (answer || !catchUps) return must(answer, 'who may catch up is answered');
    // Not within the first transaction: waiting for a turn must not hold a connection.
    const late = await catchUps.run(() => pull(true));
    return must(late, 'who may catch up is answered');
  } catch (error) {
    if (!(error instanceof NewerRowsError)) throw error;
    return { ...nothingOf(instance), stop: 'server_too_old' };
  }
}

function nothingOf(instance: Instance): PullResponse {
  return { ...instance, scopes: [], gone: [], last: 0, lastUid: null, rejected: [] };
}

interface OnePull extends Required<Pick<PullOptions, 'wholeMax'>>, Pick<PullOptions, 'version'> {
  readonly mayCatchUp: boolean;
}

/** Undefined when the device is far behind and may not catch up now. */
async function pullOnce(
  database: Database,
  instance: Instance,
  userId: string,
  request: PullRequest,
  { mayCatchUp, wholeMax, version }: OnePull,
): Promise<PullResponse | undefined> {
  const nothing = nothingOf(instance);
  const fault = envelopeFault(request, instance, version);
  if (fault) return { ...nothing, stop: fault };
  return inSnapshot<PullResponse | undefined>(database, async (tx) => {
    const client = await tx
      .selectFrom('client')
      .select(['user_id', 'last', 'last_uid'])
      .where('id', '=', request.clientId)
      .executeTakeFirst();
    if (client && client.user_id !== userId) return { ...nothing, stop: 'wrong_user' };
    const visible = await listVisibleScopes(tx, userId);
    if (!mayCatchUp && isFarBehind(visible, request.cur)) return undefined;
    const held = new Set(visible.map((scope) => scope.id));
    return {
      ...instance,
      scopes: await readScopes(tx, visible, request.cur, wholeMax),
      gone: Object.keys(request.cur).filter((scope) => !held.has(scope)),
      last: client?.last ?? 0,
      lastUid: client?.last_uid ?? null,
      rejected: client ? await listRejections(tx, request) : [],
    };
  });
}

type Cursors = PullRequest['cur'];
type ScopeAnswer = PullResponse['scopes'][number];

async function readScopes(
  tx: Tx,
  visible: readonly VisibleScope[],
  cursors: Cursors,
  wholeMax: number,
): Promise<ScopeAnswer[]> {
  const changed = visible.filter((scope) => needsAnswer(scope, cursors[scope.id]));
  const unknown = await findUnknownCursors(tx, changed, cursors);
  const resumable = changed.filter((scope) => cursors[scope.id] && !unknown.has(scope.id));
  const deltas = await readDeltas(tx, resumable, cursors);
  const anew = changed.filter(({ id }) => !deltas.has(id));
  await requireKnownRows(tx, anew);
  const counts = await countRows(
    tx,
    anew.map(({ id }) => id),
  );
  const unheld = anew.filter(({ id }) => !cursors[id]);
  const whole = new Set(fittingScopes(unheld, counts, wholeMax));
  const paged = anew.filter((scope) => !whole.has(scope));
  // A device that has pages to fetch puts the rest of the answer aside and asks for it anew afterwards.
  const wholes = paged.length > 0 ? [] : await readWholeScopes(tx, [...whole]);
  return [...deltas.values(), ...wholes, ...paged.map((scope) => resetOf(scope, counts.get(scope.id) ?? 0))];
}

/** Scopes to be sent anew, or many changes. */
function isFarBehind(visible: readonly VisibleScope[], cursors: Cursors): boolean {
  let behind = 0;
  for (const { id, ver, tag, floor } of visible) {
    const cursor = cursors[id];
    if (!cursor || cursor.ver < floor || cursor.ver > ver || (cursor.ver === ver && cursor.tag !== tag)) return true;
    behind += ver - cursor.ver;
  }
  return behind > BEHIND_MAX;
}

/** A staged scope (`hi`) is answered even when nothing changed: only then is its reset complete. */
function needsAnswer(scope: VisibleScope, cursor: Cursors[string] | undefined): boolean {
  return (
    !cursor ||
    cursor.hi !== undefined ||
    cursor.ver !== scope.ver ||
    cursor.tag !== scope.tag ||
    (cursor.view ?? scope.view) !== scope.view
  );
}

function resetOf({ id, ver, tag, view }: VisibleScope, count: number): ScopeAnswer {
  return { s: id, reset: true, target: { ver, tag }, view, count };
}

async function listRejections(tx: Tx, { clientId, last }: PullRequest): Promise<Rejection[]> {
  const rows = await tx
    .selectFrom('mutation')
    .select(['seq', 'uid', 'error'])
    .where('client_id', '=', clientId)
    .where('seq', '>', last)
    .where('status', '=', 'rejected')
    .orderBy('seq')
    .limit(REJECTIONS_MAX)
    .execute();
  return rows.map(({ seq, uid, error }) => {
    const { code, message } = JSON.parse(error ?? '{}') as { code: string; message: string };
    return { seq: seq ?? 0, uid, code, detail: message };
  });
}
