import type { Mutator } from '#core/mutation/mutator.ts';
import { createComment } from '#core/comments/comment-mutators.ts';
import { createFilter } from '#core/filters/saved-filter-mutators.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import { ranksBetween } from '#core/ordering.ts';
import { createProject } from '#core/projects/project-mutators.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { addFavourite } from '#core/users/user-mutators.ts';
import { SAMPLE_FILTERS, SAMPLE_INBOX, SAMPLE_LABELS, SAMPLE_PROJECTS } from './sample-data.ts';
import type { SampleProject, SampleTask } from './sample-task.ts';

export interface SampleMutation {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** When it is said to have happened, RFC 3339 in UTC. */
  readonly at: string;
}

export interface SampleOptions {
  /** Epoch milliseconds; all dates of the sample are relative to this day. */
  readonly now: number;
  readonly timeZone: string;
  readonly inboxId: string;
  readonly newId: () => string;
}

interface Place {
  readonly projectId: string;
  readonly sectionId?: string;
  readonly parentId?: string;
}

/** The mutations that fill an account: 9 projects and about 180 tasks dated around today. */
export function sampleMutations(options: SampleOptions): SampleMutation[] {
  const writer = new SampleWriter(options);
  writer.addLabels();
  writer.addFilters();
  writer.addTasks(SAMPLE_INBOX, { projectId: options.inboxId });
  const ranks = ranksBetween(INBOX_RANK, null, SAMPLE_PROJECTS.length);
  SAMPLE_PROJECTS.forEach((project, n) => writer.addProject(project, ranks[n] ?? ''));
  writer.addFavourites();
  return writer.mutations;
}

class SampleWriter {
  readonly mutations: SampleMutation[] = [];
  readonly #options: SampleOptions;
  readonly #today: Temporal.PlainDate;
  readonly #projectIds = new Map<string, string>();
  readonly #labelIds = new Map<string, string>();
  readonly #favourites: { targetKind: 'project' | 'label'; targetId: string }[] = [];

  constructor(options: SampleOptions) {
    this.#options = options;
    this.#today = Temporal.Instant.fromEpochMilliseconds(options.now)
      .toZonedDateTimeISO(options.timeZone)
      .toPlainDate();
  }

  #add(mutator: Mutator, args: Record<string, unknown>, at = this.#options.now): void {
    this.mutations.push({ name: mutator.key, args, at: new Date(at).toISOString() });
  }

  addLabels(): void {
    const ranks = ranksBetween(null, null, SAMPLE_LABELS.length);
    SAMPLE_LABELS.forEach(({ name, color, favourite }, n) => {
      const id = this.#options.newId();
      this.#labelIds.set(name, id);
      this.#add(createLabel, { id, name, color, rank: ranks[n] });
      if (favourite) this.#favourites.push({ targetKind: 'label', targetId: id });
    });
  }

  /** Kept queries name labels by their ids. */
  addFilters(): void {
    const ranks = ranksBetween(null, null, SAMPLE_FILTERS.length);
    SAMPLE_FILTERS.forEach(({ name, color, query }, n) => {
      const bound = query.replaceAll(/@(\w+)/g, (_, label: string) => `@{${this.#labelIds.get(label) ?? ''}|${label}}`);
      this.#add(createFilter, { id: this.#options.newId(), name, color, query: bound, rank: ranks[n] });
    });
  }

  addProject(project: SampleProject, rank: string): void {
    const id = this.#options.newId();
    this.#projectIds.set(project.name, id);
    const view = project.layout && { layout: project.layout, group: 'section', sort: 'manual', showCompleted: false };
    const parentId = project.below && this.#projectIds.get(project.below);
    const { name, color } = project;
    this.#add(createProject, { id, rank, name, color, ...(view && { view }), ...(parentId && { parentId }) });
    if (project.favourite) this.#favourites.push({ targetKind: 'project', targetId: id });
    this.addTasks(project.tasks, { projectId: id });
    const ranks = ranksBetween(null, null, project.sections?.length ?? 0);
    project.sections?.forEach((section, n) => {
      const sectionId = this.#options.newId();
      const { wipLimit = null } = section;
      this.#add(createSection, { id: sectionId, projectId: id, rank: ranks[n], name: section.name, wipLimit });
      this.addTasks(section.tasks, { projectId: id, sectionId });
    });
  }

  addTasks(tasks: readonly SampleTask[], place: Place): void {
    const ranks = ranksBetween(null, null, tasks.length);
    tasks.forEach((task, n) => this.#addTask(task, place, ranks[n] ?? ''));
  }

  #addTask(task: SampleTask, place: Place, rank: string): void {
    const { now, newId } = this.#options;
    const id = newId();
    // Made a day before it was completed, each a minute apart, so that "newest first" has an order.
    const createdAt = now - ((task.done ?? 0) + 1) * DAY - this.mutations.length * MINUTE;
    this.#add(createTask, { id, rank, ...place, ...this.#contentOf(task) }, createdAt);
    const subtasks = task.subtasks?.map((each) => (typeof each === 'string' ? { title: each } : each)) ?? [];
    this.addTasks(subtasks, { ...place, parentId: id });
    for (const body of task.comments ?? [])
      this.#add(createComment, { id: newId(), taskId: id, body }, createdAt + DAY / 2);
    if (task.done !== undefined)
      this.#add(completeTask, { id }, now - task.done * DAY - (this.mutations.length % 9) * HOUR);
  }

  addFavourites(): void {
    const ranks = ranksBetween(null, null, this.#favourites.length);
    this.#favourites.forEach((favourite, n) => {
      this.#add(addFavourite, { id: this.#options.newId(), rank: ranks[n], ...favourite });
    });
  }

  #contentOf(task: SampleTask): Record<string, unknown> {
    const dayOf = (offset: number) => this.#today.add({ days: offset }).toString();
    const { title, day, time, evening, deadline, priority, labels, minutes, notes, repeat } = task;
    return {
      title,
      ...(day !== undefined && { date: dayOf(day) }),
      ...(time && { time }),
      ...(evening && { evening }),
      ...(deadline !== undefined && { deadline: dayOf(deadline) }),
      ...(priority && { priority }),
      ...(labels && { labels }),
      ...(minutes && { duration: minutes }),
      ...(notes && { description: notes }),
      ...(repeat && { recurrence: { rule: repeat, anchor: 'schedule', intendedDay: null } }),
    };
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Where accounts put their inbox: ahead of every project. */
const INBOX_RANK = 'a0';
