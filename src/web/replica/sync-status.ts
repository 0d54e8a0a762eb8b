/**
 * What to tell a person about synchronisation:
 * `synced` nothing waits; `saving` changes are on their way; `offline` no server can be reached;
 * `paused` the person works offline on purpose; `reconnecting` it failed and is tried again; `attention` a change was refused and waits for a decision;
 * `signed-out` changes are kept until the same person signs in; `update-needed` this page is too old for the server.
 */
export type SyncState = 'synced' | 'saving' | 'attention' | Exclude<Connection, 'online'>;

export interface SyncStatus {
  readonly state: SyncState;
  /** Changes that the server has not confirmed. */
  readonly pending: number;
  /** Changes that it refused, in `replica.rejected`. */
  readonly rejected: number;
  /** Whether the data of the account has arrived once. */
  readonly loaded: boolean;
  /** How far the first synchronisation is; null when none runs. */
  readonly progress: SyncProgress | null;
}

export interface SyncProgress {
  readonly received: number;
  readonly total: number;
}

/** How the connection is, which only the sync client knows. */
export type Connection = 'online' | 'offline' | 'paused' | 'reconnecting' | 'signed-out' | 'update-needed';

export function describeStatus(connection: Connection, facts: Omit<SyncStatus, 'state'>): SyncStatus {
  return { state: stateOf(connection, facts), ...facts };
}

function stateOf(connection: Connection, { pending, rejected }: Omit<SyncStatus, 'state'>): SyncState {
  if (connection === 'signed-out' || connection === 'update-needed') return connection;
  if (rejected > 0) return 'attention';
  if (connection !== 'online') return connection;
  return pending > 0 ? 'saving' : 'synced';
}
