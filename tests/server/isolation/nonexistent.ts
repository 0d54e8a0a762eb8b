import type { TestApp } from '#tests/support/test-app.ts';
import type { Belongings, Contents } from './world.ts';

/** Ids that nothing has. */
export function nothing({ context }: TestApp): Contents {
  const id = (): string => context.newId();
  return {
    name: 'nonexistent',
    project: id(),
    section: id(),
    trashedSection: id(),
    task: id(),
    subtask: id(),
    trashedTask: id(),
    comment: id(),
    withdrawnComment: id(),
    commentBy: {},
    user: id(),
  };
}

export function nobodys({ context }: TestApp): Belongings {
  const id = (): string => context.newId();
  return {
    inbox: id(),
    inboxTask: id(),
    label: id(),
    filter: id(),
    favourite: id(),
    userId: id(),
    session: id(),
    mutation: id(),
  };
}
