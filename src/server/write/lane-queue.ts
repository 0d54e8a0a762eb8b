/** Something that has to be alone with what it names, such as the scopes that it changes. */
export interface Laned {
  readonly lanes: ReadonlySet<string>;
  /** How much of a group it fills. */
  readonly weight: number;
}

export interface LaneOptions<T> {
  /** Groups that run at the same time. */
  readonly groupsMax: number;
  readonly weightMax: number;
  /** Must not reject. */
  readonly run: (group: readonly T[]) => Promise<void>;
}

/**
 * Runs jobs in groups. Jobs that share a lane never run at the same time and keep their order; those whose lanes
 * are all in the lanes of a group that is about to start join it. So a hot project takes one database connection,
 * not all of them, and the longer its queue the larger its groups.
 */
export class LaneQueue<T extends Laned> {
  readonly #options: LaneOptions<T>;
  readonly #busy = new Set<string>();
  #waiting: T[] = [];
  #running = 0;
  #scheduled = false;

  constructor(options: LaneOptions<T>) {
    this.#options = options;
  }

  add(job: T): void {
    this.#waiting.push(job);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Jobs that arrive in the same turn of the event loop belong together.
    setImmediate(() => {
      this.#scheduled = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#running < this.#options.groupsMax) {
      const group = this.#takeGroup();
      if (group.length === 0) return;
      const lanes = new Set(group.flatMap((job) => [...job.lanes]));
      for (const lane of lanes) this.#busy.add(lane);
      this.#running++;
      void this.#options.run(group).finally(() => {
        for (const lane of lanes) this.#busy.delete(lane);
        this.#running--;
        this.#start();
      });
    }
  }

  /** The first job that is free to run, and all that fit in with it. */
  #takeGroup(): T[] {
    const blocked = new Set(this.#busy);
    const group: T[] = [];
    const rest: T[] = [];
    let lanes: ReadonlySet<string> | undefined;
    let weight = 0;
    for (const job of this.#waiting) {
      const fits = lanes
        ? job.lanes.isSubsetOf(lanes) && weight + job.weight <= this.#options.weightMax
        : job.lanes.isDisjointFrom(blocked);
      // A job overtakes none that waits for one of its lanes.
      if (fits && job.lanes.isDisjointFrom(blocked)) {
        lanes ??= job.lanes;
        weight += job.weight;
        group.push(job);
      } else {
        for (const lane of job.lanes) blocked.add(lane);
        rest.push(job);
      }
    }
    this.#waiting = rest;
    return group;
  }
}
