import type { Actor } from '#core/actor.ts';
import { DomainError } from '#core/errors.ts';
import type { TypedMutator } from '#core/mutation/mutator.ts';
import { isKind, KINDS, scopeOf, type Kind, type Row } from '#core/rows.ts';
import { rowHash } from '#core/sync/checksum.ts';
import {
  PROTOCOL_VERSION,
  SCHEMA_VERSION,
  type Cursor,
  type PendingMutation,
  type PullResponse,
  type PushResponse,
  type ScopeDelta,
} from '#core/sync/protocol.ts';
import type { Database } from '#server/db/database.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import { readInstance } from '#server/sync/instance.ts';
import { readPage } from '#server/sync/page.ts';
import { pullChanges } from '#server/sync/pull.ts';
import { pushMutations } from '#server/sync/push.ts';
import type { WritePath } from '#server/write/write-path.ts';
import { newId } from '#tests/support/write-world.ts';

const AT = '2026-11-18T12:00:00.000Z';

/** The least of a device that can follow the protocol: what it must do, without anything that makes it fast. */
export interface SyncDevice {
  clientId: string;
  readonly rows: Map<string, { readonly kind: Kind; readonly row: Row }>;
  readonly cursors: Record<string, Cursor>;
  seq: number;
  last: number;
  next<Args>(mutator: TypedMutator<Args>, args: Args): PendingMutation;
  push(...muts: PendingMutation[]): Promise<PushResponse>;
  /** One pull from these cursors, not applied. */
  ask(cur: Record<string, Cursor>): Promise<PullResponse>;
  /** One pull, applied; scopes that have to be fetched anew are returned. */
  pull(): Promise<PullResponse>;
  /** Pulls, fetches what has to be fetched anew, and pulls again until nothing is left. */
  sync(): Promise<void>;
}

export function createSyncDevice(database: Database, write: WritePath, user: Actor): SyncDevice {
  const actor: Actor = { userId: user.userId, instanceRole: user.instanceRole, source: 'web' };
  const envelope = { v: PROTOCOL_VERSION, schema: SCHEMA_VERSION, instance: null, epoch: null };
  const device: SyncDevice = {
    clientId: newId(),
    rows: new Map(),
    cursors: {},
    seq: 0,
    last: 0,
    next,
    push,
    ask,
    pull,
    sync,
  };

  function next<Args>(mutator: TypedMutator<Args>, args: Args): PendingMutation {
    device.seq++;
    return { seq: device.seq, uid: newId(), name: mutator.key, args: args as Record<string, unknown>, at: AT };
  }

  async function push(...muts: PendingMutation[]): Promise<PushResponse> {
    return pushMutations(write, await readInstance(database), actor, { ...envelope, clientId: device.clientId, muts });
  }

  async function ask(cur: Record<string, Cursor>): Promise<PullResponse> {
    const request = { ...envelope, clientId: device.clientId, last: device.last, cur };
    return pullChanges(database, await readInstance(database), actor.userId, request);
  }

  async function pull(): Promise<PullResponse> {
    const answer = await ask(device.cursors);
    apply(answer, new Map());
    return answer;
  }

  async function sync(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      const staged = new Map<string, Map<string, { kind: Kind; row: Row }>>();
      const cur = { ...device.cursors };
      const first = await ask(device.cursors);
      for (const each of first.scopes) {
        if (!('reset' in each)) continue;
        const fetched = await fetchScope(each.s).catch(ignoreRevoked);
        if (!fetched) continue;
        staged.set(each.s, fetched.rows);
        cur[each.s] = { ...each.target, hi: fetched.hi, view: each.view };
      }
      const answer = staged.size > 0 ? await ask(cur) : first;
      apply(answer, staged);
      if (!answer.scopes.some((each) => 'reset' in each)) return;
    }
    throw new Error('the device never finishes to fetch its scopes');
  }

  async function fetchScope(s: string) {
    const rows = new Map<string, { kind: Kind; row: Row }>();
    let after: string | null = null;
    for (;;) {
      const page = await readPage(database, actor.userId, { s, ...(after !== null && { after }) });
      for (const [kind, list] of Object.entries(page.rows)) {
        for (const row of list) put(rows, kind, row as unknown as Row);
      }
      after = page.after;
      if (page.done) return { rows, hi: page.head };
    }
  }

  function put(into: Map<string, { kind: Kind; row: Row }>, kind: string, row: Row): void {
    if (!isKind(kind)) throw new Error(kind);
    into.set(`${kind} ${row.id}`, { kind, row });
  }

  function dropScope(scope: string): void {
    for (const [key, { kind, row }] of device.rows) if (scopeOf(kind, row as never) === scope) device.rows.delete(key);
  }

  function apply(answer: PullResponse, staged: ReadonlyMap<string, Map<string, { kind: Kind; row: Row }>>): void {
    for (const scope of answer.gone) {
      dropScope(scope);
      delete device.cursors[scope];
    }
    const deltas = answer.scopes.filter((each): each is ScopeDelta => !('reset' in each));
    for (const { s } of deltas) {
      const rows = staged.get(s);
      if (!rows) continue;
      dropScope(s);
      for (const [key, entry] of rows) device.rows.set(key, entry);
    }
    for (const { s, del } of deltas) {
      for (const [kind, id] of del) {
        const found = device.rows.get(`${kind} ${id}`);
        if (found && scopeOf(found.kind, found.row as never) === s) device.rows.delete(`${kind} ${id}`);
      }
    }
    for (const delta of deltas) {
      for (const [kind, rows] of Object.entries(delta.put)) {
        for (const row of rows) put(device.rows, kind, row as unknown as Row);
      }
      device.cursors[delta.s] = { ...delta.to, view: delta.view };
    }
    for (const { s, sum } of deltas) {
      const own = checksum(device, s);
      if (own !== sum) throw new Error(`checksum of ${s}: ${own} instead of ${sum}`);
    }
    device.last = answer.last;
  }

  return device;
}

/** Access may end between the pull and the page; the next pull says so. */
function ignoreRevoked(error: unknown): undefined {
  if (!(error instanceof DomainError && error.code === 'not_found')) throw error;
  return undefined;
}

function checksum(device: SyncDevice, scope: string): number {
  let sum = 0;
  for (const { kind, row } of device.rows.values()) {
    if (scopeOf(kind, row as never) === scope) sum = (sum + rowHash(row.id, row.rev)) >>> 0;
  }
  return sum;
}

/** Every row that a user may see, straight from the tables. */
export async function visibleRows(
  { reader }: Database,
  userId: string,
): Promise<Map<string, { kind: Kind; row: Row }>> {
  const rows = new Map<string, { kind: Kind; row: Row }>();
  for (const kind of KINDS) {
    const stored = await reader
      .selectFrom(kind as 'task')
      .select(columnsOf(kind) as never)
      .where('scope_id', 'in', (eb) => eb.selectFrom('access').select('scope_id').where('user_id', '=', userId))
      .execute();
    for (const each of stored) {
      const row = decodeRow(kind, each as never) as Row;
      rows.set(`${kind} ${row.id}`, { kind, row });
    }
  }
  return rows;
}

export function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
