import { useState } from 'react';
import type { Task } from '#core/tasks/task.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useTaskActions } from '#web/tasks/use-task-actions.ts';
import { Button } from '#web/ui/button.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { draftOf, type RepeatSource } from './read-rule.ts';
import type { RepeatDraft } from './repeat-draft.ts';
import { RepeatFields } from './repeat-fields.tsx';
import { outcomeOf, type RepeatPlan } from './repeat-outcome.ts';
import { RepeatPreview } from './repeat-preview.tsx';
import { repeatWords } from './repeat-words.ts';

interface RepeatDialogProps {
  task: Task;
  onClose: () => void;
}

/** How a task repeats. */
export function RepeatDialog({ task, onClose }: RepeatDialogProps) {
  const { locale, timeZone } = useCalendar();
  const actions = useTaskActions();
  const { announcer } = useNotices();
  const save = ({ date, time, recurrence }: RepeatPlan) => {
    const evening = time === null && (task.recurrence?.paused?.evening ?? task.evening);
    // What was set aside with a pause comes back with the date.
    actions.update(task.id, { ...task.recurrence?.paused, date, time, evening, recurrence });
    announcer.announce(`${repeatWords(recurrence, locale)}.`);
  };
  const end = () => {
    actions.endRecurrence(task.id);
    announcer.announce('Does not repeat any more.');
  };
  return <RepeatForm source={task} timeZone={task.timeZone ?? timeZone} onSave={save} onEnd={end} onClose={onClose} />;
}

interface RepeatFormProps {
  source: RepeatSource;
  timeZone: string;
  onSave: (plan: RepeatPlan) => void;
  onEnd: () => void;
  onClose: () => void;
}

/** A recurrence in fields and as a sentence, with the dates that come of it before it is saved. */
export function RepeatForm({ source, timeZone, onSave, onEnd, onClose }: RepeatFormProps) {
  const calendar = useCalendar();
  const [draft, setDraft] = useState(() => draftOf(source, calendar));
  const [refused, setRefused] = useState(false);
  const outcome = outcomeOf(draft, timeZone);
  const change = (part: Partial<RepeatDraft>) => setDraft((shown) => ({ ...shown, ...part }));

  const save = () => {
    if (outcome.type === 'invalid') return setRefused(true);
    onClose();
    return onSave(outcome.plan);
  };
  const end = () => {
    onClose();
    onEnd();
  };
  return (
    <FormDialog
      title="Repeat"
      submitLabel="Save"
      onSubmit={save}
      onClose={onClose}
      dense
      aside={
        <>
          <RepeatPreview outcome={outcome} urgent={refused} />
          {source.recurrence ? (
            <div className="-ml-3 mr-auto">
              <Button tone="ghost" onClick={end}>
                Stop repeating
              </Button>
            </div>
          ) : null}
        </>
      }
    >
      <RepeatFields draft={draft} onChange={change} />
    </FormDialog>
  );
}
