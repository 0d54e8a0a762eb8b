import { Command } from 'commander';
import { readLine } from '#server/quick-add/quick-add-context.ts';
import { stepsOf } from '#server/quick-add/quick-add-steps.ts';
import { presentLine, type QuickAddPreview } from '#server/quick-add/quick-add-wire.ts';
import { getTask } from '#server/tasks/task-place.ts';
import { presentTask } from '#server/tasks/task-wire.ts';
import type { CommandEnvironment } from './instance.ts';
import { whoseTasks } from './whose-tasks.ts';

interface AddFlags {
  readonly user?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `tend add`: the grammar of docs/quick-add.md, with the names, zone and language of a user of this instance. */
export function addCommand({ output, openInstance }: CommandEnvironment): Command {
  return new Command('add')
    .description('create a task from a line, as quick add reads it (docs/quick-add.md)')
    .argument('<line...>', 'what is to be done, for example: Buy milk tomorrow 9:00 #Home @errands')
    .option('-u, --user <name>', 'whose task it is; not needed while there is one account')
    .option('--dry-run', 'only say what the line means')
    .option('--json', 'for programs: the task, or what the line means')
    .action(async (words: readonly string[], { user: name, dryRun = false, json = false }: AddFlags) => {
      await using instance = await openInstance({ besideServer: true });
      const { context } = instance;
      const user = await whoseTasks(context, name);
      const request = { text: words.join(' ') };
      // A task keeps no reminders yet: their words stay in its title.
      const read = await readLine(context, user.id, request, ['reminder']);
      const id = context.newId();
      const steps = await stepsOf(context, id, read);
      const meaning = presentLine(read);
      if (dryRun) {
        output.out(json ? JSON.stringify(meaning, null, 2) : saidOf('Would add', meaning).join('\n'));
        return;
      }
      const actor = { userId: user.id, instanceRole: user.role, source: 'cli' } as const;
      const group = context.newId();
      const mutations = steps.map(({ name, args }) => ({ uid: context.newId(), group, name, args }));
      await context.write.execute({ actor, atomic: true, mutations });
      if (json) output.out(JSON.stringify(presentTask(await getTask(context, user.id, id)), null, 2));
      else output.out(saidOf('Added', meaning).join('\n'));
    });
}

/** One line for the task, and one for each thing that it says besides. */
function saidOf(verb: string, meaning: QuickAddPreview): string[] {
  const { title, project, section, date, time, endTime, evening, recurrence, nextDates, deadline } = meaning;
  const place = [project ?? 'the inbox', section].filter(Boolean).join(' / ');
  const clock = time === null ? (evening ? 'evening' : '') : endTime === null ? time : `${time}–${endTime}`;
  const said: readonly (readonly [string, string | null])[] = [
    ['date', date && [date, clock].filter(Boolean).join(' ')],
    ['repeats', recurrence && `${recurrence.rule} (${nextDates.join(', ')})`],
    ['deadline', deadline],
    ['duration', meaning.duration === null ? null : `${meaning.duration} minutes`],
    ['priority', meaning.priority === null ? null : String(meaning.priority)],
    ['labels', meaning.labels.join(', ')],
    ['assignee', meaning.assignee],
    ['description', meaning.description],
  ];
  const rows = said.flatMap(([name, value]) => (value ? [`  ${name.padEnd(11)}  ${value}`] : []));
  return [`${verb} “${title}” to ${place}.`, ...rows];
}
