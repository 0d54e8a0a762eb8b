import { memberId } from '#core/projects/member.ts';
import type { Overlap, PendingMutation } from '#core/sync/protocol.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { ToastQueue } from '#web/ui/toast-queue.ts';

/** By the clock of this device. What was on its way for less was seen by whoever changed it. */
const WAITED_MS = 5_000;
const TITLE_MAX = 40;

const FIELDS: Readonly<Record<string, string>> = {
  title: 'title',
  description: 'description',
  priority: 'priority',
  labels: 'labels',
  assigneeId: 'assignee',
  date: 'date',
  time: 'time',
  timeZone: 'time zone',
  evening: 'time of day',
  deadline: 'deadline',
  duration: 'duration',
  recurrence: 'repetition',
};

export interface OverlapNotice {
  readonly replica: Replica;
  readonly toasts: Pick<ToastQueue, 'show'>;
  /** The change of this person, which stands. */
  readonly mutation: PendingMutation;
  readonly overlaps: readonly Overlap[];
  readonly now: number;
}

/** "Anna also changed the title", with her value one press away. */
export function tellOverlaps({ replica, toasts, mutation, overlaps, now }: OverlapNotice): void {
  const task = replica.get('task', String(mutation.args['id']));
  if (!task || now - Date.parse(mutation.at) < WAITED_MS) return;
  const differing = overlaps.filter(
    ({ field, value }) => field in FIELDS && JSON.stringify(value) !== JSON.stringify(mutation.args[field]),
  );
  for (const [by, theirs] of Map.groupBy(differing, (overlap) => overlap.by)) {
    const name = replica.get('member', memberId(task.projectId, by))?.displayName ?? 'Somebody';
    const fields = listWords([...new Set(theirs.map(({ field }) => FIELDS[field] ?? field))]);
    const values = Object.fromEntries(theirs.map(({ field, value }) => [field, value]));
    toasts.show({
      message: `${name} also changed the ${fields} of “${shortened(task.title)}”`,
      action: { label: 'Use theirs', run: () => void replica.mutate(updateTask, { ...values, id: task.id }) },
    });
  }
}

function listWords(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}` : (words[0] ?? '');
}

function shortened(title: string): string {
  return title.length > TITLE_MAX ? `${title.slice(0, TITLE_MAX - 1).trimEnd()}…` : title;
}
