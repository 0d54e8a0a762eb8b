import { createClient } from '@redis/client';
import type { Logger } from '#server/logger.ts';

/** How often the connection proves that it works, and how long an answer may take. */
const CHECK_MS = 1_000;
const ANSWER_MS = 1_000;
/** A connection that answers nothing for so long is given up: its other end may be gone without a word. */
const SILENT_MS = 10_000;
/** Commands without an answer. While Redis stands still, no more than this piles up. */
const PENDING_MAX = 1_000;
const RECONNECT_MS_MAX = 2_000;

type Client = ReturnType<typeof createRedisClient>;

export interface RedisLinkOptions {
  readonly url: string;
  /** Before every key and channel, so that several installations can share one Redis. */
  readonly prefix: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/**
 * One connection to Redis that nobody ever waits for: what cannot be sent is dropped, and `live` says whether the
 * last check was answered in time. The connection comes back by itself, with what it listens to.
 */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  #channels: readonly string[] = [];
  #listener: (message: string) => void = ignore;
  #client: Client;
  /** Of the present connection: every channel is listened to. */
  #listening = false;
  #live = false;
  #answeredAt = performance.now();
  #closed = false;
  #checking: NodeJS.Timeout | undefined;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#client = this.#connect();
    this.#checking = setTimeout(() => this.#check(), CHECK_MS).unref();
  }

  /** Whether it answered lately. */
  get live(): boolean {
    return this.#live;
  }

  /** For commands; they fail at once while there is no connection. Another one after a silence. */
  get client(): Client {
    return this.#client;
  }

  get prefix(): string {
    return this.#options.prefix;
  }

  /** From now on until `close`, over every connection to come. To be called once, before the first answer. */
  listen(channels: readonly string[], listener: (message: string) => void): void {
    this.#channels = channels.map((channel) => this.prefix + channel);
    this.#listener = listener;
  }

  publish(channel: string, message: string): void {
    if (this.#client.isReady) this.#client.publish(this.prefix + channel, message).catch(ignore);
  }

  /** An answer did not come in time: until a check is answered again nobody should ask. */
  distrust(): void {
    this.#become(false);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#checking);
    this.#client.destroy();
    this.#live = false;
  }

  #connect(): Client {
    const client = createRedisClient(this.#options.url);
    client.on('ready', () => void this.#subscribe(client));
    // Without a listener an error of the connection would end the process.
    client.on('error', () => {
      if (client === this.#client) this.#lost();
    });
    client.connect().catch(ignore);
    return client;
  }

  /** The client listens again by itself, but only to what was once confirmed. */
  async #subscribe(client: Client): Promise<void> {
    try {
      if (this.#channels.length > 0) await client.subscribe([...this.#channels], this.#listener);
      if (client === this.#client) this.#listening = true;
    } catch {
      // The connection broke; the next one begins anew.
    }
  }

  #lost(): void {
    this.#listening = false;
    this.#become(false);
  }

  /** PING goes the way of all commands: whatever holds them up holds it up too. */
  #check(): void {
    const client = this.#client;
    const asked = performance.now();
    const late = setTimeout(() => this.#become(false), ANSWER_MS).unref();
    client.ping().then(
      () => {
        clearTimeout(late);
        if (client !== this.#client || this.#closed) return;
        this.#answeredAt = performance.now();
        this.#become(this.#listening && this.#answeredAt - asked < ANSWER_MS);
      },
      () => clearTimeout(late),
    );
    if (asked - this.#answeredAt > SILENT_MS) this.#replace();
    this.#checking = setTimeout(() => this.#check(), CHECK_MS).unref();
  }

  #replace(): void {
    this.#client.destroy();
    this.#lost();
    this.#answeredAt = performance.now();
    this.#client = this.#connect();
  }

  #become(live: boolean): void {
    if (live === this.#live || this.#closed) return;
    this.#live = live;
    if (live) this.#options.logger.info('Redis answers');
    else this.#options.logger.warn('Redis does not answer; going on without it');
  }
}

function createRedisClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: PENDING_MAX,
    // The client's own covers only what was not sent yet, at the price of a timer for each command.
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: 2_000,
      // All processes lose Redis at the same moment and must not come back at the same one.
      reconnectStrategy: (retries) => Math.random() * Math.min(RECONNECT_MS_MAX, 100 * 2 ** Math.min(retries, 10)),
    },
  });
}

function ignore(): void {}
