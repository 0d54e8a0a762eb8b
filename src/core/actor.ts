export type InstanceRole = 'admin' | 'user' | 'demo';

/** Where a mutation came from; kept with it for history and audit. */
export type MutationSource = 'web' | 'api' | 'cli' | 'import' | 'job';

/** Who runs a mutator. Roles in projects are read from member rows, never from here. */
export interface Actor {
  readonly userId: string;
  readonly instanceRole: InstanceRole;
  readonly source: MutationSource;
}

/** What a mutator may know of another account of this instance. */
export interface AccountCard {
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly instanceRole: InstanceRole;
  readonly active: boolean;
}
