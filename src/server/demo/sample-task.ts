import type { Color } from '#core/schema.ts';
import type { Priority, Recurrence } from '#core/tasks/task.ts';

/** A task of the sample data. Days count from the day on which the data is made: -1 is yesterday. */
export interface SampleTask {
  readonly title: string;
  readonly day?: number;
  readonly time?: string;
  readonly evening?: boolean;
  /** Days until the deadline. */
  readonly deadline?: number;
  readonly priority?: Priority;
  readonly labels?: readonly string[];
  readonly minutes?: number;
  readonly notes?: string;
  readonly repeat?: Recurrence['rule'];
  readonly subtasks?: readonly (string | SampleTask)[];
  readonly comments?: readonly string[];
  /** Days since it was completed. */
  readonly done?: number;
}

export interface SampleSection {
  readonly name: string;
  readonly wipLimit?: number;
  readonly tasks: readonly SampleTask[];
}

export interface SampleProject {
  readonly name: string;
  readonly color: Color;
  /** The name of the project above it, which comes earlier in the list. */
  readonly below?: string;
  readonly favourite?: boolean;
  readonly layout?: 'list' | 'board';
  readonly tasks: readonly SampleTask[];
  readonly sections?: readonly SampleSection[];
}
