import type { Attempt } from './attempt-memory.ts';

type Args = Readonly<Record<string, unknown>>;

/** What a change is in words, as in "Edit task “Fix the roof” in “House”". */
export function attemptWords({ name }: { readonly name: string }, { subject, project }: Attempt = {}): string {
  const key = name.split('@')[0] ?? '';
  const [entity = '', verb = ''] = key.split('.');
  const what = WHOLE[key] ?? `${VERBS[verb] ?? capital(verb)} ${ENTITIES[entity] ?? entity}`;
  const about = subject === undefined ? '' : ` “${subject}”`;
  const verbOnly = about === '' ? what.replace(/ (?:of|on)$/, '') : what;
  const place = project === undefined || entity === 'project' ? '' : ` in “${project}”`;
  return `${verbOnly}${about}${place}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  task: 'task',
  project: 'project',
  section: 'section',
  label: 'label',
  filter: 'filter',
  comment: 'comment on',
  member: 'member',
  favourite: 'favourite',
  settings: 'settings',
};

const VERBS: Readonly<Record<string, string>> = {
  create: 'Add',
  add: 'Add',
  update: 'Edit',
  complete: 'Complete',
  reopen: 'Reopen',
  move: 'Move',
  delete: 'Delete',
  remove: 'Remove',
  restore: 'Restore',
  purge: 'Delete for good:',
  changeRole: 'Change the role of a',
};

const WHOLE: Readonly<Record<string, string>> = {
  undo: 'Undo a change of',
  'task.describe': 'Edit the description of',
  'task.skip': 'Skip a date of task',
  'task.pause': 'Pause task',
  'task.resume': 'Go on repeating task',
  'task.uncomplete': 'Take back a completion of task',
  'comment.create': 'Comment on',
  'member.leave': 'Leave the project',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The values that a change sets and that are not text, as in "Date: 2026-11-23". */
export function attemptValues(args: Args): string[] {
  return Object.entries(VALUES).flatMap(([field, word]) => {
    const value = args[field];
    if (value === undefined) return [];
    return `${word}: ${valueWords(value)}`;
  });
}

const VALUES: Readonly<Record<string, string>> = {
  date: 'Date',
  time: 'Time',
  deadline: 'Deadline',
  priority: 'Priority',
  labels: 'Labels',
  duration: 'Minutes',
  color: 'Colour',
  role: 'Role',
};

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none';
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : 'none';
}
