import { todayIn } from '#web/dates/calendar-date.ts';
import { dayLabel, timeWords } from '#web/dates/date-words.ts';
import type { Replica } from '#web/replica/replica.ts';
import { afterPaint } from '#web/ui/after-paint.ts';
import type { Notices } from './notices.ts';
import { turnBack } from './turn-back.ts';
import { undoWords } from './undo-words.ts';

/** A mutation that was carried out. */
export interface Change {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly uid: string;
}

export function offerUndo(replica: Replica, notices: Notices, { name, args, uid }: Change): void {
  const said = undoWords(name, args, {
    get: (kind, id) => replica.get(kind, id),
    subtasks: (taskId) => replica.list('subtasks', taskId),
    whenWords: (date, time) => nextWords(replica, date, time),
  });
  if (!said) return;
  const { message, merge } = said;
  const action = { label: 'Undo', run: () => turnBack(notices, () => replica.undo(uid), 'Undone.') };
  // The change itself comes first.
  afterPaint(() => notices.toasts.show({ message, merge, action }));
}

function nextWords(replica: Replica, date: string, time: string | null): string {
  const settings = replica.get('settings', replica.account.userId);
  const today = todayIn(settings?.timeZone ?? 'UTC', Date.now(), settings?.dayStart);
  const locale = settings?.locale ?? 'en';
  const day = dayLabel(date, { today, locale });
  return time === null ? day : `${day} ${timeWords(time, locale)}`;
}
