import { memberId } from '#core/projects/member.ts';
import { type Kind, projectScope, type Row, type ScopeId, scopeOf } from '#core/rows.ts';
import { addToChecksum, removeFromChecksum } from '#core/sync/checksum.ts';
import type {
  Cursor,
  PageQuery,
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
  ScopeDelta,
} from '#core/sync/protocol.ts';
import { readPage } from '#server/sync/page.ts';
import type { Step } from './steps.ts';
import { PROJECTS, type TestServer, USERS } from './test-server.ts';
import type { FaultyEndpoint } from './world.ts';

/** The server itself; each fault changes one thing of it. */
export class Endpoint implements FaultyEndpoint {
  protected readonly server: TestServer;

  constructor(server: TestServer) {
    this.server = server;
  }

  push(userId: string, request: PushRequest): Promise<PushResponse> {
    return this.server.push(userId, request);
  }

  pull(userId: string, request: PullRequest): Promise<PullResponse> {
    return this.server.pull(userId, request);
  }

  page(userId: string, query: PageQuery) {
    return this.server.page(userId, query);
  }

  visibleRows(userId: string) {
    return this.server.visibleRows(userId);
  }
}

function mapDeltas(response: PullResponse, change: (delta: ScopeDelta) => ScopeDelta): PullResponse {
  return { ...response, scopes: response.scopes.map((scope) => ('reset' in scope ? scope : change(scope))) };
}

/** Writes by REST become visible late, although later versions are visible already. */
export class LateCommits extends Endpoint {
  readonly #before = new Map<string, Row>();
  #previous: ReadonlyMap<string, Row> = new Map();

  async afterStep(step: Step): Promise<void> {
    const now = await this.server.visibleRows(USERS.ana);
    if (step.do === 'wait') this.#before.clear();
    if (step.do === 'rest') {
      for (const [key, row] of now) {
        const before = this.#previous.get(key);
        if (before && before !== row && before.rev < row.rev) this.#before.set(key, before);
      }
    }
    this.#previous = now;
  }

  override async visibleRows(userId: string) {
    const rows = new Map(await super.visibleRows(userId));
    for (const [key, row] of this.#before) if (rows.has(key)) rows.set(key, row);
    return rows;
  }

  override async pull(userId: string, request: PullRequest) {
    return mapDeltas(await super.pull(userId, request), (delta) => {
      let { sum } = delta;
      const put = this.#asBefore(delta.put);
      for (const [key, before] of this.#before) {
        if (scopeOf(key.split(' ')[0] as Kind, before) !== delta.s) continue;
        const after = this.#previous.get(key);
        if (!after || scopeOf('task', after as never) !== delta.s) continue;
        sum = addToChecksum(removeFromChecksum(sum, after.id, after.rev), before.id, before.rev);
      }
      return { ...delta, put, sum };
    });
  }

  override async page(userId: string, query: PageQuery) {
    const page = await super.page(userId, query);
    return { ...page, rows: this.#asBefore(page.rows) };
  }

  #asBefore(rows: ScopeDelta['put']): ScopeDelta['put'] {
    return Object.fromEntries(
      Object.entries(rows).map(([kind, each]) => [
        kind,
        each.map((row) => (this.#before.get(`${kind} ${String(row['id'])}`) ?? row) as typeof row),
      ]),
    );
  }
}

/** The acknowledged point of an answer is younger than its rows. */
export class TornPulls extends Endpoint {
  readonly #clients = new Map<string, { last: number; lastUid: string | null }>();

  override async push(userId: string, request: PushRequest) {
    const response = await super.push(userId, request);
    const newest = request.muts.find(({ seq }) => seq === response.last);
    if (newest) this.#clients.set(request.clientId, { last: newest.seq, lastUid: newest.uid });
    return response;
  }

  override async pull(userId: string, request: PullRequest) {
    const response = await super.pull(userId, request);
    const current = () => this.#clients.get(request.clientId) ?? response;
    return Object.defineProperties(
      { ...response },
      {
        last: { get: () => current().last },
        lastUid: { get: () => current().lastUid },
      },
    );
  }
}

/** A mutation that arrives twice runs twice. */
export class NoDedupe extends Endpoint {
  override async push(userId: string, request: PushRequest) {
    const db = this.server.database.writer;
    const uids = request.muts.map(({ uid }) => uid);
    await db.deleteFrom('mutation').where('uid', 'in', uids).execute();
    const before = (request.muts[0]?.seq ?? 1) - 1;
    const client = db.updateTable('client').set({ last: before }).where('id', '=', request.clientId);
    await client.where('last', '>', before).execute();
    return super.push(userId, request);
  }
}

/** Numbers alone say what was received; whose mutation had the number is not looked at. */
export class NumbersOnly extends Endpoint {
  override async push(userId: string, request: PushRequest) {
    const db = this.server.database.reader;
    const client = await db.selectFrom('client').select('last').where('id', '=', request.clientId).executeTakeFirst();
    const last = client?.last ?? 0;
    const known = request.muts.filter(({ seq }) => seq <= last);
    const fresh = request.muts.filter(({ seq }) => seq > last);
    const results = known.map(({ seq }) => ({ seq, status: 'applied' as const }));
    if (fresh.length === 0) return { ...(await this.#nothing()), results, last };
    const response = await super.push(userId, { ...request, muts: fresh });
    return { ...response, results: [...results, ...response.results] };
  }

  async #nothing() {
    const { id, epoch } = await this.server.database.reader
      .selectFrom('instance')
      .selectAll()
      .executeTakeFirstOrThrow();
    return { instance: id, epoch };
  }
}

/** Lost access is told by an event, which may be lost, and by nothing else. */
export class SilentRevocation extends Endpoint {
  override async pull(userId: string, request: PullRequest) {
    return { ...(await super.pull(userId, request)), gone: [] };
  }
}

/** Version numbers alone are compared; that they may belong to another history is not noticed. */
export class NoTags extends Endpoint {
  override async pull(userId: string, request: PullRequest) {
    const db = this.server.database.reader;
    const heads = new Map((await db.selectFrom('scope').selectAll().execute()).map((scope) => [scope.id, scope]));
    const commits = await db.selectFrom('scope_commit').select(['scope_id', 'ver', 'tag']).execute();
    const tags = new Map(commits.map(({ scope_id, ver, tag }) => [`${scope_id} ${ver}`, tag]));
    const cur: Record<string, Cursor> = {};
    for (const [scope, cursor] of Object.entries(request.cur)) {
      const head = heads.get(scope);
      if (!head) cur[scope] = cursor;
      else if (cursor.ver >= head.ver) cur[scope] = { ...cursor, ver: head.ver, tag: head.tag };
      else cur[scope] = { ...cursor, tag: tags.get(`${scope} ${cursor.ver}`) ?? cursor.tag };
    }
    return super.pull(userId, { ...request, cur });
  }
}

/** What the last page of a scope was read from is not compared with the server's history. */
export class NoHighMark extends Endpoint {
  override async pull(userId: string, request: PullRequest) {
    const heads = await this.server.database.reader.selectFrom('scope').select(['id', 'ver', 'tag']).execute();
    const cur = { ...request.cur };
    for (const { id, ver, tag } of heads) if (cur[id]?.hi) cur[id] = { ...cur[id], hi: { ver, tag } };
    return super.pull(userId, { ...request, cur });
  }

  /** Pages of full size: then the only page is the last one, and nothing but the high mark guards it. */
  override page(userId: string, query: PageQuery) {
    return readPage(this.server.database, userId, query);
  }
}

/** The scope that a row leaves does not tell. */
export class MovesWithoutDeletion extends Endpoint {
  override async pull(userId: string, request: PullRequest) {
    const everything = new Set<string>();
    for (const user of Object.values(USERS)) {
      for (const key of (await this.server.visibleRows(user)).keys()) everything.add(key);
    }
    return mapDeltas(await super.pull(userId, request), (delta) => ({
      ...delta,
      del: delta.del.filter(([kind, id]) => !everything.has(`${kind} ${id}`)),
    }));
  }
}

/** A mutation that is refused is not stepped over. */
export class RefusalsBlock extends Endpoint {
  readonly #blocked = new Map<string, { seq: number; uidBefore: string | null }>();
  readonly #uids = new Map<string, string>();

  override async push(userId: string, request: PushRequest) {
    const response = await super.push(userId, request);
    const { clientId } = request;
    for (const { seq, uid } of request.muts) this.#uids.set(`${clientId} ${seq}`, uid);
    const refused = response.results.find(({ status }) => status === 'rejected');
    if (!refused) return response;
    const { seq } = refused;
    if (!this.#blocked.has(clientId)) {
      this.#blocked.set(clientId, { seq, uidBefore: this.#uids.get(`${clientId} ${seq - 1}`) ?? null });
    }
    return { ...response, results: response.results.filter((each) => each.seq < seq), stop: 'retry' as const };
  }

  override async pull(userId: string, request: PullRequest) {
    const response = await super.pull(userId, request);
    const blocked = this.#blocked.get(request.clientId);
    if (!blocked || response.last < blocked.seq) return response;
    return { ...response, last: blocked.seq - 1, lastUid: blocked.uidBefore, rejected: [] };
  }
}

/** Only the answer to the push tells of a refusal. */
export class RefusalsInPushOnly extends Endpoint {
  override async pull(userId: string, request: PullRequest) {
    return { ...(await super.pull(userId, request)), rejected: [] };
  }
}

/** Whoever could write when they made a change may write when it arrives. */
export class AuthorisedWhenMade extends Endpoint {
  override async push(userId: string, request: PushRequest) {
    const db = this.server.database.writer;
    const ids = PROJECTS.map((projectId) => memberId(projectId, userId));
    const real = await db.selectFrom('member').selectAll().where('id', 'in', ids).execute();
    await db.deleteFrom('member').where('id', 'in', ids).execute();
    const values = PROJECTS.map((projectId) => this.#editor(projectId, userId));
    await db.insertInto('member').values(values).execute();
    try {
      return await super.push(userId, request);
    } finally {
      await db.deleteFrom('member').where('id', 'in', ids).execute();
      if (real.length > 0) await db.insertInto('member').values(real).execute();
    }
  }

  #editor(projectId: string, userId: string) {
    const scope: ScopeId = projectScope(projectId);
    const times = { created_at: 0, updated_at: 0 };
    const shown = { username: 'x', display_name: 'x', role: 'editor' };
    return { scope_id: scope, id: memberId(projectId, userId), rev: 1, ...times, user_id: userId, ...shown };
  }
}
