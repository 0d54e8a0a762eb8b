import { Type, type Static } from 'typebox';
import { Id, Instant, MapOf, Nullable } from '#core/schema.ts';

/** Raised when a message changes its meaning; both sides name it in each request. */
export const PROTOCOL_VERSION = 1;
/** Raised when rows gain fields that an older client could not keep. */
export const SCHEMA_VERSION = 1;

/** Raised when pages keep rows in another form (`web/replica/storage`). 1: a record for each; 2: segments. */
const CACHE_FORM = 2;

/** What a version of the app speaks. */
export interface AppVersion {
  readonly protocol: number;
  readonly schema: number;
}

export const APP_VERSION: AppVersion = { protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION };

/**
 * Names what only pages of one version share in a browser: rows, lead and messages. A server may understand one protocol
 * and not the other, whichever is newer; a page that waits for its server must not lead one that need not wait.
 */
export function editionOf({ protocol, schema }: AppVersion): string {
  return `${protocol}.${schema}.${CACHE_FORM}`;
}

export const EDITION = editionOf(APP_VERSION);

export const PUSH_MAX = 200;
/** A scope with more changed rows than this is sent anew, page by page. */
export const DELTA_MAX = 2000;
export const PAGE_SIZE = 1000;

const strict = { additionalProperties: false };

const SCOPE_PATTERN = '^[up]:[0-9a-f-]{36}$';

export const ScopeName = Type.String({ pattern: SCOPE_PATTERN, description: '`u:<user>` or `p:<project>`' });

/**
 * A point in the history of a scope. `tag` is random per commit, so that a server that went back in time
 * (restored backup, lost failover) is noticed although version numbers repeat.
 */
export const Version = Type.Object({ ver: Type.Integer({ minimum: 0 }), tag: Type.Integer() }, strict);
export type Version = Static<typeof Version>;

/** `hi` is the head seen with the last page of a staged scope; `view` the part of the scope that the role shows. */
export const Cursor = Type.Object(
  { ...Version.properties, hi: Type.Optional(Version), view: Type.Optional(Type.String({ maxLength: 32 })) },
  strict,
);
export type Cursor = Static<typeof Cursor>;

const envelope = {
  v: Type.Integer({ minimum: 1 }),
  schema: Type.Integer({ minimum: 1 }),
  /** Null until the first answer told them. */
  instance: Nullable(Id),
  epoch: Nullable(Id),
  clientId: Id,
};

export const PendingMutation = Type.Object(
  {
    /** Contiguous per client, from 1. */
    seq: Type.Integer({ minimum: 1 }),
    uid: Id,
    name: Type.String({ pattern: '^[a-zA-Z.]{1,64}@[0-9]{1,4}$' }),
    args: MapOf(Type.Unknown()),
    /** When the person acted, by their clock. It dates the change but never orders anything. */
    at: Instant,
    /** Mutations of one gesture, undone together. */
    group: Type.Optional(Id),
  },
  strict,
);
export type PendingMutation = Static<typeof PendingMutation>;

export const PushRequest = Type.Object(
  { ...envelope, muts: Type.Array(PendingMutation, { minItems: 1, maxItems: PUSH_MAX }) },
  strict,
);
export type PushRequest = Static<typeof PushRequest>;

export const MutationStatus = Type.Enum(['applied', 'noop', 'rejected']);
export type MutationStatus = Static<typeof MutationStatus>;

/** What somebody else made of the same field while a change waited on its device. */
export const Overlap = Type.Object({ field: Type.String(), by: Id, value: Type.Unknown() });
export type Overlap = Static<typeof Overlap>;

export const MutationResult = Type.Object({
  seq: Type.Integer(),
  status: MutationStatus,
  code: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String()),
  /** For information: the change stands, because it arrived later. */
  also: Type.Optional(Type.Array(Overlap)),
});
export type MutationResult = Static<typeof MutationResult>;

export const StopReason = Type.Enum([
  'retry',
  'gap',
  'forked',
  'wrong_user',
  'epoch',
  'client_too_old',
  'server_too_old',
]);
export type StopReason = Static<typeof StopReason>;

export const PushResponse = Type.Object({
  instance: Id,
  epoch: Id,
  results: Type.Array(MutationResult),
  last: Type.Integer(),
  stop: Type.Optional(StopReason),
  retryAfterMs: Type.Optional(Type.Integer()),
});
export type PushResponse = Static<typeof PushResponse>;

export const PullRequest = Type.Object(
  {
    ...envelope,
    /** The last own mutation whose effect the rows of this device contain. */
    last: Type.Integer({ minimum: 0 }),
    cur: MapOf(Cursor, SCOPE_PATTERN),
  },
  strict,
);
export type PullRequest = Static<typeof PullRequest>;

/** Rows by kind; the shape of each kind is its entity's. */
export const RowsByKind = MapOf(Type.Array(MapOf(Type.Unknown())));
export type RowsByKind = Static<typeof RowsByKind>;

export const RowKey = Type.Tuple([Type.String(), Type.String()], { description: '[kind, id]' });
export type RowKey = Static<typeof RowKey>;

export const ScopeDelta = Type.Object({
  s: ScopeName,
  to: Version,
  view: Type.String(),
  put: RowsByKind,
  del: Type.Array(RowKey),
  /** Checksum of all rows of the scope after this delta. */
  sum: Type.Integer(),
});
export type ScopeDelta = Static<typeof ScopeDelta>;

/** The scope must be fetched anew with `/sync/page`; the pull that follows closes with `target` as its cursor. */
export const ScopeReset = Type.Object({
  s: ScopeName,
  reset: Type.Literal(true),
  target: Version,
  view: Type.String(),
  count: Type.Integer(),
});
export type ScopeReset = Static<typeof ScopeReset>;

export const Rejection = Type.Object({ seq: Type.Integer(), uid: Id, code: Type.String(), detail: Type.String() });
export type Rejection = Static<typeof Rejection>;

export const PullResponse = Type.Object({
  instance: Id,
  epoch: Id,
  scopes: Type.Array(Type.Union([ScopeDelta, ScopeReset])),
  /** Scopes of the request that this user may no longer see. */
  gone: Type.Array(ScopeName),
  last: Type.Integer(),
  lastUid: Nullable(Id),
  /** The own mutations after the request's `last` that were refused: a lost push answer must not hide them. */
  rejected: Type.Array(Rejection),
  stop: Type.Optional(StopReason),
});
export type PullResponse = Static<typeof PullResponse>;

export const PageQuery = Type.Object(
  {
    s: ScopeName,
    after: Type.Optional(Type.String({ maxLength: 128, description: 'What the page before gave as `after`' })),
  },
  strict,
);
export type PageQuery = Static<typeof PageQuery>;

export const PageResponse = Type.Object({
  rows: RowsByKind,
  /** What to send as `after` for the next page. */
  after: Nullable(Type.String()),
  done: Type.Boolean(),
  head: Version,
});
export type PageResponse = Static<typeof PageResponse>;

/** Events of `/sync/events`: `poke` says that a pull would bring something, `bye` that the server is going away. */
export type SyncEvent =
  | { readonly type: 'poke'; readonly scopes: readonly string[] }
  | { readonly type: 'bye'; readonly inMs: number }
  | { readonly type: 'ping' };
