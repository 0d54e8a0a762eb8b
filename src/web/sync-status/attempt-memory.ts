import type { Kind } from '#core/rows.ts';
import type { PendingMutation } from '#core/sync/protocol.ts';
import type { Replica } from '#web/replica/replica.ts';
import { type DeviceNotes, deviceNotes } from '#web/ui/device-notes.ts';

/** What a change is about, in names: what only ids are left of cannot be told to anybody. */
export interface Attempt {
  /** The title or name of what is changed. */
  readonly subject?: string;
  readonly projectId?: string;
  readonly project?: string;
}

const SUBJECT_MAX = 80;
const SAVE_AFTER_MS = 300;

/**
 * Remembers what waiting changes are about, over reloads too: when a project is taken away its rows are gone from this
 * device before the server refuses what was changed in them.
 */
export class AttemptMemory {
  readonly #replica: Replica;
  readonly #notes: DeviceNotes;
  readonly #key: string;
  #attempts: Map<string, Attempt>;
  #looked: readonly PendingMutation[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(replica: Replica, notes: DeviceNotes) {
    this.#replica = replica;
    this.#notes = notes;
    this.#key = `tend.attempts.${replica.account.userId}`;
    this.#attempts = this.#read();
  }

  of(uid: string): Attempt {
    return this.#attempts.get(uid) ?? {};
  }

  /** Looks at each change when it is made. Returns how to stop. */
  start(): () => void {
    const look = (): void => this.#look();
    const save = (): void => this.#save();
    look();
    const stop = this.#replica.status.subscribe(look);
    addEventListener('pagehide', save);
    return () => {
      stop();
      removeEventListener('pagehide', save);
      save();
    };
  }

  #look(): void {
    const { pending } = this.#replica.outbox.state;
    if (pending === this.#looked) return;
    this.#looked = pending;
    let added = false;
    for (const mutation of pending.toReversed()) {
      if (this.#attempts.has(mutation.uid)) break;
      this.#attempts.set(mutation.uid, this.#describe(mutation));
      added = true;
    }
    if (added) this.#timer ??= setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  #describe({ name, args }: PendingMutation): Attempt {
    const [entity = ''] = name.split('.');
    const idOf = (key: string): string | undefined => (typeof args[key] === 'string' ? args[key] : undefined);
    const get = (kind: Kind, id = ''): Named => (this.#replica.get(kind, id) ?? {}) as Named;
    if (entity.startsWith('undo')) return this.of(idOf('uid') ?? '');
    const own = ENTITIES.includes(entity as Kind) ? get(entity as Kind, idOf('id')) : {};
    const task = entity === 'comment' ? get('task', idOf('taskId') ?? own.taskId) : own;
    const projectId = entity === 'project' ? idOf('id') : (task.projectId ?? idOf('projectId'));
    const subject = task.title ?? own.name;
    const project = get('project', projectId).name;
    return {
      ...(subject !== undefined && { subject: subject.slice(0, SUBJECT_MAX) }),
      ...(projectId !== undefined && { projectId }),
      ...(project !== undefined && { project }),
    };
  }

  /** Keeps only what somebody may still ask for. */
  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { pending, rejected } = this.#replica.outbox.state;
    const wanted = new Set([...pending, ...rejected].map(({ uid }) => uid));
    this.#attempts = new Map([...this.#attempts].filter(([uid]) => wanted.has(uid)));
    this.#notes.write(this.#key, JSON.stringify([...this.#attempts]));
  }

  #read(): Map<string, Attempt> {
    const kept = this.#notes.readJson(this.#key);
    const isPair = (each: unknown): each is [string, Attempt] => Array.isArray(each) && typeof each[0] === 'string';
    return new Map(Array.isArray(kept) ? kept.filter(isPair) : []);
  }
}

/** What rows have of names and places, whatever their kind. */
interface Named {
  readonly title?: string;
  readonly name?: string;
  readonly projectId?: string;
  readonly taskId?: string;
}

const ENTITIES: readonly Kind[] = ['task', 'project', 'section', 'label', 'filter', 'comment'];

const memories = new WeakMap<Replica, AttemptMemory>();

export function attemptMemoryOf(replica: Replica): AttemptMemory {
  let memory = memories.get(replica);
  if (!memory) {
    memory = new AttemptMemory(replica, deviceNotes);
    memories.set(replica, memory);
  }
  return memory;
}
