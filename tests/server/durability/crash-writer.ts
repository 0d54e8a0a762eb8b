import { setTimeout as sleep } from 'node:timers/promises';
import type { PushResponse } from '#core/sync/protocol.ts';
import { newId } from '#tests/support/write-world.ts';
import { post, RefusedError, type CrashAccount } from './account.ts';
import type { Ack, AckLog } from './ack-log.ts';

/** Too slow, by a machine under load; too many. */
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 429]);

interface Operation {
  /** Sends it; sending it again must have the same effect as sending it once. */
  readonly send: (url: string) => Promise<void>;
  readonly acks: readonly Ack[];
}

/**
 * Writes one thing after the other and notes what was acknowledged. What got no answer is sent again, unchanged,
 * until it gets one, also to the server after the crash.
 */
export class CrashWriter {
  readonly #name: string;
  readonly #account: CrashAccount;
  readonly #log: AckLog;
  readonly #clientId = newId();
  readonly #tasks: string[] = [];
  #count = 0;
  #seq = 0;
  #unanswered: Operation | undefined;

  constructor(name: string, account: CrashAccount, log: AckLog) {
    this.#name = name;
    this.#account = account;
    this.#log = log;
  }

  /** Every title that was ever sent, answered or not. */
  readonly titles = new Set<string>();
  /** Tasks whose place is not certain, because a move has no answer yet. */
  get uncertain(): ReadonlySet<string> {
    return new Set(this.#unanswered?.acks.flatMap((ack) => (ack.kind === 'place' ? [ack.taskId] : [])));
  }

  async run(url: string, signal: AbortSignal, onAck: () => void): Promise<void> {
    while (!signal.aborted) {
      this.#unanswered ??= this.#next();
      try {
        await this.#unanswered.send(url);
      } catch (error) {
        // A refusal is an answer, and a wrong one: nothing here may be refused for good.
        if (error instanceof RefusedError && error.status < 500 && !TRY_AGAIN.has(error.status)) throw error;
        await sleep(20);
        continue;
      }
      for (const ack of this.#unanswered.acks) this.#log.write(ack);
      this.#unanswered = undefined;
      onAck();
    }
  }

  #next(): Operation {
    this.#count++;
    const title = `${this.#name}-${this.#count}`;
    if (this.#name.startsWith('rest')) {
      this.titles.add(title);
      return this.#overRest(title);
    }
    const turn = this.#count % 3;
    const taskId = this.#tasks.at(-1);
    if (turn === 1 || !taskId) {
      this.titles.add(title);
      return this.#create(title);
    }
    return turn === 2 ? this.#move(taskId) : this.#comment(taskId, title);
  }

  /** The server makes the id: only the Idempotency-Key keeps a retry from making a second task. */
  #overRest(title: string): Operation {
    const headers = { ...this.#account.headers, 'idempotency-key': title };
    return {
      acks: [{ kind: 'task', title }],
      send: async (url) => void (await post(url, '/tasks', headers, { title })),
    };
  }

  #create(title: string): Operation {
    const id = newId();
    this.#tasks.push(id);
    const args = { id, projectId: this.#account.inboxId, title, rank: 'a0' };
    return this.#pushed('task.create@1', args, [
      { kind: 'task', title },
      { kind: 'place', taskId: id, projectId: this.#account.inboxId },
    ]);
  }

  #move(taskId: string): Operation {
    const projectId = this.#account.otherId;
    return this.#pushed('task.move@1', { id: taskId, projectId }, [{ kind: 'place', taskId, projectId }]);
  }

  #comment(taskId: string, body: string): Operation {
    const id = newId();
    return this.#pushed('comment.create@1', { id, taskId, body }, [{ kind: 'comment', commentId: id }]);
  }

  #pushed(name: string, args: Record<string, unknown>, acks: readonly Ack[]): Operation {
    this.#seq++;
    const mutation = { seq: this.#seq, uid: newId(), name, args, at: new Date().toISOString() };
    const request = { v: 1, schema: 1, instance: null, epoch: null, clientId: this.#clientId, muts: [mutation] };
    return {
      acks,
      send: async (url) => {
        const answer = (await post(url, '/sync/push', this.#account.headers, request)) as PushResponse;
        const [result] = answer.results;
        if (answer.stop === 'retry') throw new RefusedError(503, 'retry');
        if (result?.status !== 'applied') throw new RefusedError(409, JSON.stringify(answer));
      },
    };
  }
}
