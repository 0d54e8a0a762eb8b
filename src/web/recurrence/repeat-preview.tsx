import { CircleAlert } from 'lucide-react';
import { dayLabel, timeWords } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import type { RepeatOutcome } from './repeat-outcome.ts';
import { repeatWords } from './repeat-words.ts';

interface RepeatPreviewProps {
  outcome: RepeatOutcome;
  /** It was tried to save what cannot be. */
  urgent: boolean;
}

/** What the form comes to; it stands beside the buttons, so that no scrolling hides it. */
export function RepeatPreview({ outcome, urgent }: RepeatPreviewProps) {
  const calendar = useCalendar();
  if (outcome.type === 'invalid') {
    return (
      <p role={urgent ? 'alert' : 'status'} className="flex w-full items-start gap-2 pb-1 text-body-sm text-danger-fg">
        <CircleAlert aria-hidden="true" className="size-4 shrink-0 translate-y-0.5" />
        <span className="min-w-0 wrap-break-word">{outcome.message}</span>
      </p>
    );
  }
  const { next, plan } = outcome;
  return (
    <section aria-label="Next dates" className="flex w-full flex-col gap-1 pb-1">
      <p role="status" className="text-body font-medium">
        {repeatWords(plan.recurrence, calendar.locale)}
      </p>
      <ol className="flex flex-wrap gap-x-3 text-meta text-fg-secondary tabular-nums">
        {next.map(({ date, time }) => (
          <li key={`${date} ${time ?? ''}`}>
            {dayLabel(date, calendar)}
            {time === null ? null : ` ${timeWords(time, calendar.locale)}`}
          </li>
        ))}
      </ol>
    </section>
  );
}
