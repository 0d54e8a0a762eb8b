import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { freePort } from '#tests/support/free-port.ts';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { startTend, type TendProcess, type TendProcessOptions } from '#tests/support/tend-process.ts';
import { createCaller } from './caller.ts';

/** Several processes of the real server on one PostgreSQL, each of which can be killed and started again. */
export interface Fleet extends AsyncDisposable {
  readonly ports: readonly number[];
  readonly size: number;
  at(index: number): TendProcess;
  /** An account's access token. */
  token(account?: { readonly username: string; readonly password: string }): Promise<string>;
  stop(index: number, signal: NodeJS.Signals): Promise<void>;
  start(index: number): Promise<void>;
}

export interface FleetOptions extends Pick<TendProcessOptions, 'command'> {
  readonly size?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** For one of them, on top of the rest. */
  readonly envOf?: (index: number) => Readonly<Record<string, string>>;
}

export const DEMO = { username: 'demo', password: 'demo1234' };

export async function startFleet({ size = 3, env, envOf, command }: FleetOptions = {}): Promise<Fleet> {
  const database = await createPostgresDatabase(inject('postgresUrl'));
  const secret = randomBytes(32).toString('hex');
  const ports: number[] = [];
  for (let i = 0; i < size; i++) ports.push(await freePort());
  const launch = (index: number): Promise<TendProcess> =>
    startTend({
      port: ports[index] as number,
      ...(command && { command }),
      env: {
        DATABASE_URL: database.url,
        SECRET_KEY: secret,
        TRUST_PROXY: 'loopback',
        RATE_LIMIT_FACTOR: '1000',
        // A long run outlasts the ten minutes that a token is good for.
        ACCESS_TOKEN_EXPIRE_MINUTES: '1440',
        ...env,
        ...envOf?.(index),
      },
    });
  const processes = [await launch(0)];
  processes.push(...(await Promise.all(ports.slice(1).map((_, i) => launch(i + 1)))));
  const at = (index: number): TendProcess => processes[index] as TendProcess;
  return {
    ports,
    size,
    at,
    async token(account = DEMO) {
      const caller = createCaller({ url: at(0).url });
      const { status, body } = await caller.call<{ access_token: string }>('POST', '/api/v1/auth/login', account);
      caller.close();
      if (status !== 200) throw new Error(`login: ${JSON.stringify(body)}`);
      return body.access_token;
    },
    async stop(index, signal) {
      await at(index).stop(signal);
    },
    async start(index) {
      processes[index] = await launch(index);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map((each) => each.stop('SIGKILL')));
      await database.drop();
    },
  };
}
