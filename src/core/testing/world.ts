import type { Actor } from '#core/actor.ts';
import { addMember } from '#core/projects/member-mutators.ts';
import type { Role } from '#core/projects/role.ts';
import { createProject } from '#core/projects/project-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { provisionUser } from '#core/users/user-mutators.ts';
import { createMemoryStore, testId, type MemoryStore } from './memory-store.ts';

/** Ana owns the projects Home and Work; Ben is a member of Work; Eve is a stranger to both. */
export interface World {
  readonly store: MemoryStore;
  readonly ana: Actor;
  readonly ben: Actor;
  readonly eve: Actor;
  readonly home: string;
  readonly work: string;
}

export function createWorld(roleOfBen: Role = 'editor'): World {
  const store = createMemoryStore();
  const [ana, ben, eve] = ['ana', 'ben', 'eve'].map((username, n) => {
    const actor = store.addAccount({ userId: testId(n + 1), username });
    store.run(actor, provisionUser, { inboxId: testId(n + 11), inboxRank: 'a0' });
    return actor;
  }) as [Actor, Actor, Actor];
  const home = testId(0x21);
  const work = testId(0x22);
  store.run(ana, createProject, { id: home, name: 'Home', rank: 'a1' });
  store.run(ana, createProject, { id: work, name: 'Work', rank: 'a2' });
  store.run(ana, addMember, { projectId: work, userId: ben.userId, role: roleOfBen });
  return { store, ana, ben, eve, home, work };
}

export function inboxOf(actor: Actor): string {
  return testId(Number.parseInt(actor.userId.slice(-2), 16) + 10);
}

/** Creates a task and returns its id. */
export function addTask(
  { store, ana, home }: World,
  n: number,
  given: {
    projectId?: string;
    parentId?: string;
    sectionId?: string;
    title?: string;
    date?: string;
    labels?: string[];
  } = {},
  actor: Actor = ana,
): string {
  const id = testId(0x1000 + n);
  store.run(actor, createTask, { projectId: home, title: `Task ${n}`, rank: `a${n % 10}`, ...given, id });
  return id;
}
