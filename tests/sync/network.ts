import { DomainError } from '#core/errors.ts';
import type { PageQuery, PullRequest, PullResponse, PushRequest, SyncEvent } from '#core/sync/protocol.ts';
import type { SyncTransport } from '#web/replica/sync-transport.ts';
import type { SyncEndpoint } from './test-server.ts';
import { settleMicrotasks } from './virtual-time.ts';

type Answer = { readonly value: unknown } | { readonly error: unknown };

interface Message {
  readonly sender: Sender;
  readonly kind: 'push' | 'pull' | 'page';
  readonly request: PushRequest | PullRequest | PageQuery;
  /** The object that the device handed over, by which it knows its request again. */
  readonly original: unknown;
  readonly signal: AbortSignal;
  readonly settle: PromiseWithResolvers<unknown>;
  /** Absent until the server has worked on the request. */
  answer?: Answer;
}

/** Who sends: a device as one person uses it between two starts. */
export interface Sender {
  readonly userId: string;
  /** Answers to requests that the sender gave up arrive too; it must not take them. */
  receiveLate(request: PullRequest, response: PullResponse): void;
}

/**
 * A network that does nothing by itself: each message waits for somebody to deliver, drop or repeat it,
 * first its request and then its answer, in any order.
 */
export class Network {
  readonly #endpoint: SyncEndpoint;
  readonly #streams = new Map<Sender, (event: SyncEvent) => void>();
  #messages: Message[] = [];

  constructor(endpoint: SyncEndpoint) {
    this.#endpoint = endpoint;
  }

  get size(): number {
    return this.#messages.length;
  }

  isSending(sender: Sender): boolean {
    return this.#messages.some((message) => message.sender === sender);
  }

  /** What is on its way, for messages of tests. */
  describe(): string {
    return this.#messages
      .map(({ kind, answer, signal }) => `${kind}${answer ? ' answered' : ''}${signal.aborted ? ' given up' : ''}`)
      .join(', ');
  }

  transport(sender: Sender): SyncTransport {
    const send =
      (kind: Message['kind']) =>
      async (request: Message['request'], signal: AbortSignal): Promise<never> => {
        const settle = Promise.withResolvers<unknown>();
        this.#messages.push({ sender, kind, request: structuredClone(request), original: request, signal, settle });
        return (await settle.promise) as never;
      };
    return {
      push: send('push'),
      pull: send('pull'),
      page: send('page'),
      events: (receive, signal) => {
        this.#streams.set(sender, receive);
        const end = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => end.resolve());
        return end.promise;
      },
    };
  }

  poke(sender: Sender): void {
    this.#streams.get(sender)?.({ type: 'poke', scopes: [] });
  }

  /** Moves a message on: its request to the server, or its answer to the device. */
  async deliver(index: number): Promise<void> {
    const message = this.#messages[index];
    if (!message) return;
    if (!message.answer) {
      message.answer = await this.#handle(message);
      return;
    }
    this.#messages.splice(index, 1);
    this.#receive(message, message.answer);
    await settleMicrotasks();
  }

  /** Moves the oldest messages of one device on, as many as `count`. */
  async flow(sender: Sender, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const index = this.#messages.findIndex((message) => message.sender === sender);
      if (index < 0) return;
      await this.deliver(index);
    }
  }

  /** Moves the messages of all but one device on. */
  async flowOthers(sender: Sender, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const index = this.#messages.findIndex((message) => message.sender !== sender);
      if (index < 0) return;
      await this.deliver(index);
    }
  }

  /** The server gets the request once more; one of the two answers is lost. */
  async repeat(index: number): Promise<void> {
    const message = this.#messages[index];
    if (!message) return;
    const again = await this.#handle(message);
    message.answer ??= again;
  }

  /** The message is lost. The device finds out when its patience ends, or from a closed connection. */
  async drop(index: number, { noticed }: { readonly noticed: boolean }): Promise<void> {
    const [message] = this.#messages.splice(index, 1);
    if (noticed) message?.settle.reject(new DomainError('unavailable', 'The connection was closed.'));
    await settleMicrotasks();
  }

  /** The server process is replaced: what it had not answered fails. */
  async closeConnections(): Promise<void> {
    const open = this.#messages.filter((message) => !message.answer);
    this.#messages = this.#messages.filter((message) => message.answer);
    for (const { settle } of open) settle.reject(new DomainError('unavailable', 'The connection was closed.'));
    await settleMicrotasks();
  }

  /** The device is off: nothing reaches it any more, and nothing more leaves it. */
  forget(sender: Sender): void {
    this.#messages = this.#messages.filter((message) => message.sender !== sender);
    this.#streams.delete(sender);
  }

  async deliverAll(): Promise<void> {
    while (this.#messages.length > 0) await this.deliver(0);
  }

  async #handle({ sender, kind, request }: Message): Promise<Answer> {
    const { userId } = sender;
    try {
      if (kind === 'push') return { value: await this.#endpoint.push(userId, request as PushRequest) };
      if (kind === 'pull') return { value: await this.#endpoint.pull(userId, request as PullRequest) };
      return { value: await this.#endpoint.page(userId, request as PageQuery) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { error };
    }
  }

  #receive({ sender, kind, original, signal, settle }: Message, answer: Answer): void {
    if ('error' in answer) settle.reject(answer.error);
    else if (signal.aborted && kind === 'pull')
      sender.receiveLate(original as PullRequest, answer.value as PullResponse);
    else settle.resolve(answer.value);
  }
}
