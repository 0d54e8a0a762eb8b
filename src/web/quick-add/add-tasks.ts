import { rankAtEnd } from '#core/ordering.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { TITLE_MAX } from '#core/tasks/task.ts';
import { addProject } from '#web/projects/project-actions.ts';
import type { Replica } from '#web/replica/replica.ts';
import { createMissingLabels } from '#web/tasks/task-actions.ts';
import { type Position, ranksAt, type TaskPlace } from '#web/tasks/task-place.ts';
import { swatchFor } from '#web/ui/swatches.ts';
import type { Made } from './draft.ts';
import type { DraftRead } from './read-draft.ts';

/** Why a draft cannot be added yet; undefined when it can. */
export function faultOf({ task }: DraftRead): string | undefined {
  if (task.title === '') return 'What is to be done?';
  if (task.title.length > TITLE_MAX)
    return `A title has at most ${TITLE_MAX} characters. What is on a second line becomes the description.`;
  return undefined;
}

export interface Added {
  readonly ids: readonly string[];
  /** One of the mutations, by which the whole step is undone. */
  readonly uid: string | undefined;
}

export interface AddOptions {
  /** Among the tasks of `place`; tasks that go elsewhere stand there at the end. */
  readonly position: Position;
  readonly place: TaskPlace;
  readonly made?: readonly Made[];
}

/** Makes the tasks, and the projects, sections and labels that they need first, as one step of undo. */
export function addTasks(replica: Replica, reads: readonly DraftRead[], options: AddOptions): Added {
  const { position, place: home, made = [] } = options;
  return replica.batch(() => {
    for (const each of made) if (reads.some(({ place }) => isIn(place, each))) make(replica, each);
    const labels = reads.flatMap(({ task }) => task.labels);
    createMissingLabels(replica, labels);
    const ids = reads.map(() => replica.newId());
    let uid: string | undefined;
    for (const indexes of byPlace(reads)) {
      const place = reads[indexes[0] ?? 0]?.place ?? home;
      const ranks = ranksAt(replica, place, keyOf(place) === keyOf(home) ? position : 'end', indexes.length);
      indexes.forEach((index, n) => {
        const [task, id] = [reads[index]?.task, ids[index]];
        if (!task || id === undefined) return;
        uid = replica.mutate(createTask, { ...task, ...place, id, rank: ranks[n] ?? rankAtEnd([]) });
      });
    }
    return { ids, uid };
  });
}

/** One task with the others below it, as one step of undo. */
export function addWithSubtasks(
  replica: Replica,
  parent: DraftRead,
  children: readonly DraftRead[],
  options: AddOptions,
): Added {
  return replica.batch(() => {
    const { ids, uid } = addTasks(replica, [parent], options);
    const [parentId = null] = ids;
    const place = { ...parent.place, parentId };
    const below = children.map((read) => ({ ...read, place }));
    addTasks(replica, below, { position: 'end', place });
    return { ids, uid };
  });
}

function keyOf({ projectId, sectionId, parentId }: TaskPlace): string {
  return `${projectId} ${sectionId ?? ''} ${parentId ?? ''}`;
}

/** The indexes of the drafts that go to the same place, in their order. */
function byPlace(reads: readonly DraftRead[]): Iterable<readonly number[]> {
  const groups = new Map<string, number[]>();
  reads.forEach(({ place }, index) => {
    const group = groups.get(keyOf(place));
    if (group) group.push(index);
    else groups.set(keyOf(place), [index]);
  });
  return groups.values();
}

function isIn({ projectId, sectionId }: TaskPlace, { kind, id }: Made): boolean {
  return (kind === 'project' ? projectId : sectionId) === id;
}

function make(replica: Replica, { kind, id, name, projectId }: Made): void {
  if (kind === 'project') addProject(replica, { name, color: swatchFor(name), parentId: null }, id);
  else if (projectId !== undefined) {
    const rank = rankAtEnd(replica.list('projectSections', projectId));
    replica.mutate(createSection, { id, projectId, name, rank });
  }
}
