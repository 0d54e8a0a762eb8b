import { hash, randomFillSync } from 'node:crypto';
import { Writable } from 'node:stream';
import { uuidv7 } from '#core/ids.ts';
import { createApp, type TendApp } from '#server/app.ts';
import { makeAccount } from '#server/auth/account-admin.ts';
import { prepareInstance } from '#server/auth/first-start.ts';
import { deriveKeys } from '#server/auth/secret-key.ts';
import { type Config, decideConfig } from '#server/config.ts';
import type { Limits, PasswordHasher, ServerContext } from '#server/context.ts';
import type { Database } from '#server/db/database.ts';
import type { WebDirectories } from '#server/http/static-web.ts';
import { createLogger } from '#server/logger.ts';
import { createLocalHub } from '#server/write/hub.ts';
import { createWritePath } from '#server/write/write-path.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';

export const TEST_PASSWORD = 'correct horse battery staple';

/** Out of the way of tests that are not about limits. */
const WIDE_LIMITS: Limits = {
  apiPerMinute: 1_000_000,
  searchPerMinute: 1_000_000,
  signupsPerHour: 1_000_000,
  loginFailuresPerAddress: 1_000_000,
  loginFailuresPerAccount: 1_000_000,
  loginFailuresInARow: 1_000_000,
};

/** Somebody who is logged in. */
export interface TestPrincipal {
  readonly userId: string;
  readonly username: string;
  readonly token: string;
  /** As the browser would send it. */
  readonly cookie: string;
  readonly headers: { readonly authorization: string };
}

export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
}

export interface TestAppOptions {
  readonly config?: Partial<Config>;
  readonly limits?: Partial<Limits>;
  readonly hasher?: PasswordHasher;
  readonly database?: Database;
  readonly directories?: WebDirectories;
}

export interface TestApp extends AsyncDisposable, TendApp {
  readonly context: ServerContext;
  readonly database: Database;
  readonly clock: FakeClock;
  /** Every log line so far, as text. */
  readonly logs: string[];
  /** Printed at the start, when the first account needs it. */
  readonly setupToken: string | undefined;
  /** Stops streams, as a process that is told to stop does. */
  stop(): void;
  /** An account with inbox and settings, logged in. */
  signUp(username: string, role?: 'user' | 'admin' | 'demo'): Promise<TestPrincipal>;
  logIn(username: string, password?: string): Promise<TestPrincipal>;
  /** A request below /api/v1 with a JSON body. */
  call<T = Record<string, unknown>>(method: Method, path: string, options?: CallOptions): Promise<Answer<T>>;
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

export interface CallOptions {
  readonly as?: TestPrincipal;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real application on a database of its own, with a clock that stands still and a hash that costs nothing. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = createFakeClock();
  const closing = new AbortController();
  const database = options.database ?? (await createTestDatabase());
  const hub = createLocalHub();
  const logs: string[] = [];
  const random = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => randomFillSync(bytes);
  const config: Config = { ...decideConfig({ values: {}, faults: [] }), demo: undefined, ...options.config };
  const context: ServerContext = {
    config,
    database,
    hub,
    write: createWritePath({ database, hub, now: () => clock.now() }),
    logger: createLogger(config.logLevel, collectLines(logs)),
    clock,
    random,
    newId: () => uuidv7(clock.now(), random),
    keys: deriveKeys('a secret for tests only'),
    hasher: options.hasher ?? cheapHasher,
    limits: { ...WIDE_LIMITS, ...options.limits },
    closing: closing.signal,
  };
  // Whether somebody has built the web app must not decide what a test sees.
  const built = await createApp(context, { directories: options.directories ?? { web: '/nowhere', docs: '/nowhere' } });
  const { setupToken } = await prepareInstance(context, built.effects);
  const client = createTestClient(built);
  const close = async (): Promise<void> => {
    closing.abort();
    await built.app.close();
    if (!options.database) await database.close();
  };
  return {
    ...built,
    ...client,
    context,
    database,
    clock,
    logs,
    setupToken,
    stop: () => closing.abort(),
    async signUp(username, role = 'user') {
      await makeAccount(context, built.effects, { username, password: TEST_PASSWORD, role });
      return client.logIn(username);
    },
    [Symbol.asyncDispose]: close,
  };
}

function createTestClient({ app }: TendApp): Pick<TestApp, 'call' | 'logIn'> {
  async function call<T>(method: Method, path: string, { as, body, headers }: CallOptions = {}): Promise<Answer<T>> {
    const response = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...as?.headers, ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
    const isJson = String(response.headers['content-type'] ?? '').includes('json');
    return {
      status: response.statusCode,
      body: (isJson ? response.json() : response.body) as T,
      headers: response.headers,
    };
  }

  return {
    call,
    async logIn(username, password = TEST_PASSWORD) {
      const answer = await call<{ user: { id: string }; access_token: string }>('POST', '/auth/login', {
        body: { username, password },
      });
      if (answer.status !== 200) throw new Error(`login of ${username}: ${JSON.stringify(answer.body)}`);
      const token = answer.body.access_token;
      return {
        userId: answer.body.user.id,
        username,
        token,
        cookie: cookieOf(answer),
        headers: { authorization: `Bearer ${token}` },
      };
    },
  };
}

/** The cookies that an answer sets, as a browser would send them back. */
export function cookieOf({ headers }: Answer): string {
  return [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => String(cookie).split(';', 1)[0])
    .join('; ');
}

/** Right and wrong as with the real one, without the 20 milliseconds. Reaches the server only as a part given to it. */
const cheapHasher: PasswordHasher = {
  hash: async (password) => `$test$${hash('sha256', password)}`,
  verify: async (password, stored) => ({ valid: stored === `$test$${hash('sha256', password)}`, rehash: false }),
};

function collectLines(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}
