import type { Kind, RowOf } from '#core/rows.ts';

/** What words are made from: the rows as the mutation left them. */
export interface RowsAfter {
  get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined;
  subtasks(taskId: string): readonly RowOf<'task'>[];
  /** A date, and its time if it has one, as they are said to the person. */
  whenWords(date: string, time: string | null): string;
}

export interface UndoWords {
  /** For one and for several of a kind. */
  readonly message: (count: number) => string;
  /** Toasts with the same key become one. */
  readonly merge: string;
}

type Args = Readonly<Record<string, unknown>>;
type Describe = (args: Args, rows: RowsAfter) => UndoWords | null;

const NAME_MAX = 40;

function quoted(name = ''): string {
  if (name === '') return '';
  return `“${name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1).trimEnd()}…` : name}”`;
}

function words(merge: string, one: string, many: (count: number) => string): UndoWords {
  return { merge, message: (count) => (count === 1 ? one : many(count)) };
}

function ofProject(verb: string): Describe {
  return (args, rows) =>
    words(
      `project ${verb}`,
      `Project ${quoted(rows.get('project', String(args['id']))?.name)} ${verb}`,
      (count) => `${count} projects ${verb}`,
    );
}

/** Every mutator after which a toast offers undo. Others are undone by key only. */
const DESCRIBE: Readonly<Record<string, Describe>> = {
  'task.complete': describeCompletion,
  'task.skip': (args, rows) => nextDate('task.skip', 'Skipped', args, rows),
  'task.pause': () => words('task.pause', 'Repeating paused', (count) => `${count} tasks paused`),
  'task.resume': (args, rows) => nextDate('task.resume', 'Repeats again', args, rows),
  'task.uncomplete': () =>
    words('task.uncomplete', 'Completion taken back', (count) => `${count} completions taken back`),
  'task.delete': () => words('task.delete', 'Task moved to Trash', (count) => `${count} tasks moved to Trash`),
  'task.restore': () => words('task.restore', 'Task restored', (count) => `${count} tasks restored`),
  'task.duplicate': () => words('task.duplicate', 'Task duplicated', (count) => `${count} tasks duplicated`),
  'task.move': describeMove,
  'task.update': describeUpdate,
  'section.delete': () =>
    words('section.delete', 'Section moved to Trash', (count) => `${count} sections moved to Trash`),
  'section.restore': () => words('section.restore', 'Section restored', (count) => `${count} sections restored`),
  'comment.delete': () => words('comment.delete', 'Comment deleted', (count) => `${count} comments deleted`),
  'filter.delete': () => words('filter.delete', 'Filter deleted', (count) => `${count} filters deleted`),
  'label.delete': () => words('label.delete', 'Label deleted', (count) => `${count} labels deleted`),
  'project.delete': ofProject('moved to Trash'),
  'project.restore': ofProject('restored'),
  'project.archive': ofProject('archived'),
  'project.unarchive': ofProject('unarchived'),
};

export function undoWords(mutatorName: string, args: Args, rows: RowsAfter): UndoWords | null {
  return DESCRIBE[mutatorName]?.(args, rows) ?? null;
}

/** Open subtasks are completed with their task, in the same instant: the toast names how many. */
function describeCompletion(args: Args, rows: RowsAfter): UndoWords {
  const id = String(args['id']);
  const task = rows.get('task', id);
  const at = task?.completedAt;
  if (task?.recurrence && !at) return nextDate('task.complete', 'Done', args, rows);
  const countBelow = (taskId: string): number =>
    rows
      .subtasks(taskId)
      .filter((task) => task.completedAt === at && task.deletedAt === null)
      .reduce((sum, task) => sum + 1 + countBelow(task.id), 0);
  const below = at ? countBelow(id) : 0;
  const one = below === 0 ? 'Task completed' : `Task and ${below === 1 ? '1 subtask' : `${below} subtasks`} completed`;
  return words('task.complete', one, (count) => `${count} tasks completed`);
}

/** A repeating task goes on: the toast says when. */
function nextDate(merge: string, done: string, args: Args, rows: RowsAfter): UndoWords {
  const task = rows.get('task', String(args['id']));
  const one = task?.date ? `${done}. Next ${rows.whenWords(task.date, task.time)}` : done;
  return words(merge, one, (count) => `${count} tasks ${done.toLowerCase()}`);
}

/** Reordering shows by itself; only a new project or section is told. */
function describeMove(args: Args, rows: RowsAfter): UndoWords | null {
  const projectId = args['projectId'];
  const sectionId = args['sectionId'];
  if (typeof sectionId === 'string') return moved(rows.get('section', sectionId)?.name);
  if (typeof projectId === 'string') return moved(rows.get('project', projectId)?.name);
  return null;
}

function moved(to = ''): UndoWords {
  return words(`task.move ${to}`, `Task moved to ${quoted(to)}`, (count) => `${count} tasks moved to ${quoted(to)}`);
}

function describeUpdate(args: Args): UndoWords | null {
  if (args['date'] === null) return words('task.date', 'Date removed', (count) => `Date of ${count} tasks removed`);
  if (args['deadline'] === null) {
    return words('task.deadline', 'Deadline removed', (count) => `Deadline of ${count} tasks removed`);
  }
  return null;
}
