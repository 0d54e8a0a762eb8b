import type { RejectedMutation } from '#web/replica/outbox.ts';
import type { Attempt } from './attempt-memory.ts';

/** Refused changes that are told together. */
export interface AttentionGroup {
  readonly key: string;
  /** The project that was taken away; null for changes that were refused for reasons of their own. */
  readonly lostProject: string | null;
  readonly items: readonly RejectedMutation[];
}

const LOST: ReadonlySet<string> = new Set(['not_found', 'forbidden']);

/** One group for each project that is no longer on this device, and one for each other change; the newest first. */
export function attentionGroups(
  rejected: readonly RejectedMutation[],
  attemptOf: (uid: string) => Attempt,
  isHere: (projectId: string) => boolean,
): AttentionGroup[] {
  const groups = new Map<string, { lostProject: string | null; items: RejectedMutation[] }>();
  for (const mutation of rejected.toReversed()) {
    const { projectId, project = 'a project' } = attemptOf(mutation.uid);
    const lost = projectId !== undefined && LOST.has(mutation.code) && !isHere(projectId);
    const key = lost ? projectId : mutation.uid;
    const group = groups.get(key) ?? { lostProject: lost ? project : null, items: [] };
    group.items.push(mutation);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}
