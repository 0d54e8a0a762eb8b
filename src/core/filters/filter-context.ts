/** The things that a filter can name. Order decides nothing. */
export interface FilterNames {
  /** Those that the user sees and that are neither archived nor in the trash. */
  readonly projects: readonly { readonly id: string; readonly name: string; readonly parentId: string | null }[];
  /** Not in the trash. */
  readonly sections: readonly { readonly id: string; readonly projectId: string; readonly name: string }[];
  /** The user's own. */
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly {
    readonly projectId: string;
    readonly userId: string;
    readonly displayName: string;
    readonly username: string;
  }[];
}

/** Who asks, and when. */
export interface FilterContext extends FilterNames {
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA, known to the runtime. */
  readonly timeZone: string;
  /** ISO weekday. */
  readonly weekStart: number;
  /** Minutes after midnight at which a day of theirs begins. */
  readonly dayStart: number;
  readonly userId: string;
}
