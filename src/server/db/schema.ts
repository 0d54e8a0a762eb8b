/**
 * Every table as Kysely sees it; `migrations/` creates them. The types are the same on both engines:
 * instants are epoch milliseconds, flags 0 or 1, JSON is text, ids and scopes are text.
 */
export interface Schema {
  instance: InstanceTable;
  scope: ScopeTable;
  access: AccessTable;
  client: ClientTable;
  mutation: MutationTable;
  scope_commit: ScopeCommitTable;
  change: ChangeTable;
  settings: SettingsTable;
  favourite: FavouriteTable;
  label: LabelTable;
  filter: FilterTable;
  project: ProjectTable;
  member: MemberTable;
  section: SectionTable;
  task: TaskTable;
  comment: CommentTable;
  completion: CompletionTable;
  search_document: SearchDocumentTable;
  user: UserTable;
  session: SessionTable;
  login_attempt: LoginAttemptTable;
  audit_event: AuditEventTable;
}

export type Flag = 0 | 1;

/** One row: this installation. `epoch` changes only when a backup is restored and later writes are given up. */
export interface InstanceTable {
  id: string;
  epoch: string;
  created_at: number;
  setup_token_hash: string | null;
  setup_expires_at: number | null;
  /** What the index of search was made by (`SEARCH_VERSION`). */
  search_version: number;
}

/** The row that writers lock. `floor`: cursors below it need a reset. `sum`: checksum over (id, rev) of its rows. */
export interface ScopeTable {
  id: string;
  kind: 'user' | 'project';
  ver: number;
  tag: number;
  floor: number;
  sum: number;
}

/** The truth about who sees a scope. `view` names the part of it that the role sees. */
export interface AccessTable {
  user_id: string;
  scope_id: string;
  role: string;
  view: string;
}

export interface ClientTable {
  id: string;
  user_id: string;
  last: number;
  last_uid: string | null;
  schema: number;
  seen_at: number;
}

/** Idempotency record and audit in one: every mutation that was ever decided, by its uid. */
export interface MutationTable {
  uid: string;
  client_id: string | null;
  seq: number | null;
  user_id: string;
  source: string;
  name: string;
  args: string;
  status: 'applied' | 'noop' | 'rejected';
  error: string | null;
  result: string | null;
  undo_of: string | null;
  group_id: string | null;
  at: number;
}

export interface ScopeCommitTable {
  scope_id: string;
  ver: number;
  tag: number;
  tx_id: string;
  at: number;
}

/** `before` and `after` hold the changed fields only. */
export interface ChangeTable {
  scope_id: string;
  ver: number;
  seq: number;
  kind: string;
  eid: string;
  op: 'put' | 'del';
  mutation_uid: string;
  actor: string;
  before: string | null;
  after: string | null;
  at: number;
}

export interface EntityColumns {
  scope_id: string;
  id: string;
  rev: number;
  created_at: number;
  updated_at: number;
}

export interface SettingsTable extends EntityColumns {
  time_zone: string;
  locale: string;
  week_start: number;
  day_start: number;
  theme: string;
  home_view: string;
  quick_add: string;
  single_key_shortcuts: Flag;
}

export interface FavouriteTable extends EntityColumns {
  target_kind: string;
  target_id: string;
  rank: string;
}

export interface LabelTable extends EntityColumns {
  name: string;
  color: string;
  rank: string;
}

export interface FilterTable extends EntityColumns {
  name: string;
  query: string;
  color: string;
  rank: string;
}

export interface ProjectTable extends EntityColumns {
  name: string;
  color: string;
  icon: string | null;
  view: string | null;
  parent_id: string | null;
  rank: string;
  inbox: Flag;
  created_by: string;
  archived_at: number | null;
  deleted_at: number | null;
}

export interface MemberTable extends EntityColumns {
  user_id: string;
  username: string;
  display_name: string;
  role: string;
}

export interface SectionTable extends EntityColumns {
  name: string;
  collapsed: Flag;
  wip_limit: number | null;
  rank: string;
  deleted_at: number | null;
}

export interface TaskTable extends EntityColumns {
  section_id: string | null;
  parent_id: string | null;
  title: string;
  description: string;
  priority: number;
  labels: string;
  assignee_id: string | null;
  date: string | null;
  time: string | null;
  time_zone: string | null;
  evening: Flag;
  deadline: string | null;
  duration: number | null;
  recurrence: string | null;
  description_conflict: string | null;
  rank: string;
  completed_at: number | null;
  completed_by: string | null;
  created_by: string;
  deleted_at: number | null;
}

export interface CommentTable extends EntityColumns {
  task_id: string;
  author_id: string;
  body: string;
  edited_at: number | null;
  deleted_at: number | null;
}

/** Occurrences of recurring tasks that were done; `before` and `after` are what that changed on the task. */
export interface CompletionTable extends EntityColumns {
  task_id: string;
  date: string;
  time: string | null;
  completed_at: number;
  completed_by: string;
  before: string;
  after: string;
}

/** What the search index knows of a row; the index itself differs by engine (`#server/search/search-rebuild.ts`). */
export interface SearchDocumentTable {
  scope_id: string;
  kind: string;
  eid: string;
}

/** `username` is case-folded and unique; `display_name` keeps what the person typed. */
export interface UserTable {
  id: string;
  username: string;
  display_name: string;
  email: string | null;
  password_hash: string;
  role: 'admin' | 'user' | 'demo';
  status: 'active' | 'disabled';
  created_at: number;
  updated_at: number;
  password_changed_at: number;
  last_login_at: number | null;
}

/** A login on one device and its chain of refresh tokens. */
export interface SessionTable {
  id: string;
  user_id: string;
  token_hash: string;
  previous_hash: string | null;
  generation: number;
  rotated_at: number;
  created_at: number;
  expires_at: number;
  absolute_expires_at: number;
  remember: Flag;
  user_agent: string;
  ip: string;
  revoked_at: number | null;
  revoked_reason: string | null;
}

/** Failures by what they are counted for: `account:<username>`, `ip:<network>`, `signup:<network>`. */
export interface LoginAttemptTable {
  key: string;
  count: number;
  streak: number;
  window_start: number;
  blocked_until: number;
}

export interface AuditEventTable {
  id: string;
  at: number;
  user_id: string | null;
  action: string;
  ip: string | null;
  detail: string;
}
