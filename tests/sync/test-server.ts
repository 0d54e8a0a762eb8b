import type { AccountCard, Actor } from '#core/actor.ts';
import { provisionUser } from '#core/users/user-mutators.ts';
import { addMember } from '#core/projects/member-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { createProject } from '#core/projects/project-mutators.ts';
import { KINDS, type Row, type ScopeId } from '#core/rows.ts';
import type {
  PageQuery,
  PageResponse,
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
} from '#core/sync/protocol.ts';
import type { Database } from '#server/db/database.ts';
import { type Instance, readInstance } from '#server/sync/instance.ts';
import { readPage } from '#server/sync/page.ts';
import { pullChanges } from '#server/sync/pull.ts';
import { pushMutations } from '#server/sync/push.ts';
import { createLocalHub } from '#server/write/hub.ts';
import { createWritePath, type WritePath } from '#server/write/write-path.ts';
import { SEARCH_VERSION } from '#server/search/search-document.ts';
import { type AccessTable, AccessModel } from './access-model.ts';
import { type Release, TODAY } from './releases.ts';
import { type HistoryDatabase, type Kept, openHistoryDatabase, type Place } from './history-database.ts';
import { Violation } from './violation.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What devices talk to. Seeded faults stand between them and the server. */
export interface SyncEndpoint {
  push(userId: string, request: PushRequest): Promise<PushResponse>;
  pull(userId: string, request: PullRequest): Promise<PullResponse>;
  page(userId: string, query: PageQuery): Promise<PageResponse>;
  /** Every row that a person may see, by kind and id, as it is now. */
  visibleRows(userId: string): Promise<ReadonlyMap<string, Row>>;
}

export const USERS = { ana: uuid(1), bob: uuid(2), eve: uuid(3) } as const;
/** Shared by ana and bob, ana's alone, shared by all three. */
export const PROJECTS = [uuid(11), uuid(12), uuid(13)] as const;
const MEMBERS = [[USERS.bob], [], [USERS.bob, USERS.eve]] as const;

export function uuid(n: number): string {
  return `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

export interface Backup {
  readonly kept: Kept;
  readonly access: AccessTable;
}

/** Rows per page and per delta: small, so that short histories meet several pages and resets. */
const PAGE_ROWS = 3;
const DELTA_ROWS = 8;
const TASKS_PER_PROJECT = 4;

/**
 * The real write path, push, pull and page over a real database, without HTTP. It answers in smaller pages and
 * shorter deltas than the product, and watches that nobody writes where they may not.
 */
export class TestServer implements SyncEndpoint, AsyncDisposable {
  /** The version of Tend that runs. */
  release: Release = TODAY;
  readonly database: Database;
  readonly #time: VirtualTime;
  readonly #instance: Instance;
  readonly stored: HistoryDatabase;
  readonly #write: WritePath;
  readonly access = new AccessModel();
  #touched: ScopeId[] = [];
  #writes = 0;
  /** By scope; read once for all people and until the next write. */
  #rows: { readonly at: number; readonly byScope: Promise<ReadonlyMap<string, ReadonlyMap<string, Row>>> } | null =
    null;

  constructor(stored: HistoryDatabase, instance: Instance, time: VirtualTime) {
    this.stored = stored;
    this.database = stored.database;
    this.#time = time;
    this.#instance = instance;
    this.#write = createWritePath({
      database: this.database,
      hub: createLocalHub(),
      now: () => this.#time.now,
      findMutator: (key) => this.release.findMutator(key),
      onCommit: ({ scopes }) => {
        this.#writes++;
        this.#touched.push(...scopes.map(({ scope }) => scope));
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stored.close();
  }

  async push(userId: string, request: PushRequest): Promise<PushResponse> {
    this.#touched = [];
    const allowed = this.access.writableScopes(userId);
    const { version } = this.release;
    const response = await pushMutations(this.#write, this.#instance, actorOf(userId, 'web'), request, { version });
    for (const scope of this.#touched) {
      if (!allowed.has(scope)) throw new Violation(`unauthorised write by ${userId} in ${scope}`);
    }
    return response;
  }

  async pull(userId: string, request: PullRequest): Promise<PullResponse> {
    const { version } = this.release;
    const response = await pullChanges(this.database, this.#instance, userId, request, { version });
    const scopes = response.scopes.map((scope) => {
      if ('reset' in scope || request.cur[scope.s]?.hi) return scope;
      const { s, to, view, put, del } = scope;
      const count = del.length + Object.values(put).reduce((sum, rows) => sum + rows.length, 0);
      return count > DELTA_ROWS ? { s, reset: true as const, target: to, view, count } : scope;
    });
    return { ...response, scopes };
  }

  async page(userId: string, query: PageQuery): Promise<PageResponse> {
    const page = await readPage(this.database, userId, query);
    const rows: PageResponse['rows'] = {};
    let after = '';
    let taken = 0;
    for (const kind of KINDS) {
      for (const row of page.rows[kind] ?? []) {
        if (taken === PAGE_ROWS) return { rows, after, done: false, head: page.head };
        (rows[kind] ??= []).push(row);
        after = `${kind},${String(row['id'])},${page.head.ver},${page.head.tag}`;
        taken++;
      }
    }
    return { ...page, rows };
  }

  async visibleRows(userId: string): Promise<ReadonlyMap<string, Row>> {
    if (this.#rows?.at !== this.#writes) this.#rows = { at: this.#writes, byScope: this.stored.rowsByScope() };
    const byScope = await this.#rows.byScope;
    return new Map([...this.access.visibleScopes(userId)].flatMap((scope) => [...(byScope.get(scope) ?? [])]));
  }

  /** A write that comes from no device. Returns whether it was accepted. */
  async act(userId: string, uid: string, name: string, args: object): Promise<boolean> {
    const { results } = await this.#write.execute({
      actor: actorOf(userId, 'api'),
      mutations: [{ uid, name, args }],
      atomic: false,
    });
    return results[0]?.status !== 'rejected';
  }

  /** Forgets the log of a scope up to now: older cursors cannot be continued. */
  async compact(scope: ScopeId, { raiseFloor = true } = {}): Promise<void> {
    const db = this.database.writer;
    const found = await db.selectFrom('scope').select('ver').where('id', '=', scope).executeTakeFirst();
    if (!found) return;
    const { ver } = found;
    if (raiseFloor) await db.updateTable('scope').set({ floor: ver }).where('id', '=', scope).execute();
    await db.deleteFrom('change').where('scope_id', '=', scope).where('ver', '<=', ver).execute();
    if (raiseFloor) await db.deleteFrom('scope_commit').where('scope_id', '=', scope).where('ver', '<', ver).execute();
  }

  /** One backup at a time: a new one takes the place of the one before. */
  async backup(kept: Kept = 'backup'): Promise<Backup> {
    await this.stored.keep(kept);
    return { kept, access: this.access.table };
  }

  /** The database as it was at a backup; whatever happened since is gone. */
  async restore({ kept, access }: Backup): Promise<void> {
    await this.stored.bringBack(kept);
    this.access.table = access;
    this.#writes++;
  }
}

function actorOf(userId: string, source: Actor['source']): Actor {
  return { userId, instanceRole: 'user', source };
}

/** A server with three people and three projects between them. */
export async function createTestServer(place: Place, time: VirtualTime): Promise<TestServer> {
  const stored = await openHistoryDatabase(place);
  await stored.prepare();
  const { database } = stored;
  const instance = { id: uuid(8), epoch: uuid(9), created_at: time.now };
  await database.writer
    .insertInto('instance')
    .values({ ...instance, setup_token_hash: null, setup_expires_at: null, search_version: SEARCH_VERSION })
    .execute();
  for (const [username, id] of Object.entries(USERS)) {
    const at = time.now;
    const account = { email: null, password_hash: '-', role: 'user', status: 'active', last_login_at: null } as const;
    const times = { created_at: at, updated_at: at, password_changed_at: at };
    await database.writer
      .insertInto('user')
      .values({ id, username, display_name: username, ...account, ...times })
      .execute();
  }
  const server = new TestServer(stored, await readInstance(database), time);
  let uid = 900;
  const act = async (userId: string, name: string, args: object): Promise<void> => {
    const done = await server.act(userId, uuid(uid++), name, args);
    if (!done) throw new Error(`The baseline could not run ${name}.`);
  };
  for (const id of Object.values(USERS)) {
    await act(id, provisionUser.key, { inboxId: inboxOf(id), inboxRank: 'a0' });
  }
  for (const [i, id] of PROJECTS.entries()) {
    await act(USERS.ana, createProject.key, { id, name: `Project ${i}`, rank: 'a1' });
    for (const userId of MEMBERS[i] ?? []) {
      await act(USERS.ana, addMember.key, { projectId: id, userId, role: 'editor' });
      server.access.setRole(id, userId, 'editor');
    }
    server.access.setRole(id, USERS.ana, 'owner');
    for (let n = 0; n < TASKS_PER_PROJECT; n++) {
      const task = { id: uuid(100 + 10 * i + n), projectId: id, title: `Task ${n}`, rank: 'a1' };
      await act(USERS.ana, createTask.key, task);
    }
  }
  for (const id of Object.values(USERS)) server.access.setRole(inboxOf(id), id, 'owner');
  return server;
}

export function inboxOf(userId: string): string {
  return userId.replace('0190a000', '0190b000');
}

/** A person as their devices know them. */
export function accountOf(userId: string): AccountCard {
  const username = Object.entries(USERS).find(([, id]) => id === userId)?.[0] ?? '';
  return { userId, username, displayName: username, instanceRole: 'user', active: true };
}
