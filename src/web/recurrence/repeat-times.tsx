import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { controlClass } from '#web/ui/field.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import type { RepeatFieldProps } from './repeat-draft.ts';

const MOST = 6;

/** The time of day; several are several times a day. */
export function RepeatTimes({ draft, onChange }: RepeatFieldProps) {
  const id = useId();
  const { times, anchor, unit } = draft;
  const shown = times.length === 0 ? [''] : times;
  const set = (index: number, time: string) => {
    const next = shown.with(index, time).filter((each) => each !== '');
    onChange({ times: next });
  };
  const several = anchor !== 'completion-weekday' && unit !== 'custom';
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-body-sm font-medium">
        {shown.length > 1 ? 'Times' : 'Time'}
      </label>
      {shown.map((time, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a time that is being typed is no key
        <div key={index} className="flex items-center gap-1">
          <input
            {...(index === 0 ? { id } : { 'aria-label': `Time ${index + 1}` })}
            type="time"
            value={time}
            onChange={(event) => set(index, event.target.value)}
            className={`${controlClass(false)} h-9`}
          />
          {shown.length > 1 ? (
            <IconButton
              label={`Remove time ${index + 1}`}
              icon={<X className="size-4" />}
              onClick={() => onChange({ times: shown.toSpliced(index, 1) })}
            />
          ) : null}
          {several && index === shown.length - 1 && time !== '' && shown.length < MOST ? (
            <IconButton
              label="Add a time"
              icon={<Plus className="size-4" />}
              onClick={() => onChange({ times: [...shown, later(time, shown)] })}
            />
          ) : null}
        </div>
      ))}
    </div>
  );
}

/** Some hours later, at a time that is not taken. */
function later(time: string, taken: readonly string[]): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  for (let step = 4; step < 28; step += 1) {
    const at = `${String((hour + step) % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    if (!taken.includes(at)) return at;
  }
  return time;
}
