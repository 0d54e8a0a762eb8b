import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, decideConfig, readEnv, VARIABLES } from './config.ts';

const decide = (environment: Record<string, string>) => decideConfig(readEnv(environment));

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    decide(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test('nothing set is a working evaluation on port 8000', () => {
  expect(decide({})).toEqual({
    production: false,
    host: '0.0.0.0',
    port: 8000,
    publicUrl: undefined,
    dataDir: resolve('data'),
    database: { engine: 'sqlite', path: resolve('data/tend.db') },
    secretKey: undefined,
    signup: 'open',
    demo: { username: 'demo', password: 'demo1234' },
    accessTokenMinutes: 10,
    corsOrigins: [],
    trustProxy: [],
    rateLimitFactor: 1,
    redisUrl: undefined,
    workers: 1,
    drainSeconds: 0,
    backup: { dailyAt: { hour: 3, minute: 0 }, keep: 14, directory: resolve('data/backups') },
    logLevel: 'info',
  });
});

test('production asks for invitations and has no demo unless told so', () => {
  expect(decide({ NODE_ENV: 'production' })).toMatchObject({ production: true, signup: 'invite', demo: undefined });
  expect(decide({ NODE_ENV: 'production', SIGNUP: 'open', CREATE_DEMO_USER: 'true' })).toMatchObject({
    signup: 'open',
    demo: { username: 'demo' },
  });
});

test('backups have a time of day, or none', () => {
  expect(decide({ BACKUP_DAILY_AT: '23:45', BACKUP_KEEP: '3', BACKUP_DIR: '/backup' }).backup).toEqual({
    dailyAt: { hour: 23, minute: 45 },
    keep: 3,
    directory: '/backup',
  });
  expect(decide({ BACKUP_DAILY_AT: 'off', DATA_DIR: '/data' }).backup).toEqual({
    dailyAt: undefined,
    keep: 14,
    directory: '/data/backups',
  });
  expect(faultsOf({ BACKUP_DAILY_AT: '24:00', BACKUP_KEEP: '0' })).toHaveLength(2);
});

const POSTGRES = 'postgres://u:p@db/tend';

test('several processes need PostgreSQL', () => {
  expect(decide({ DATABASE_URL: POSTGRES, WORKERS: '3' }).workers).toBe(3);
  expect(decide({ DATABASE_URL: POSTGRES, WORKERS: 'auto' }).workers).toBe(availableParallelism());
  expect(decide({ WORKERS: '1' }).workers).toBe(1);
  for (const WORKERS of ['2', 'auto']) expect(faultsOf({ WORKERS })[0]).toContain('WORKERS: several processes need');
  for (const WORKERS of ['0', '-1', '65', 'many'])
    expect(faultsOf({ DATABASE_URL: POSTGRES, WORKERS })).toHaveLength(1);
});

test('a process behind a proxy waits before it goes, unless it is the only one', () => {
  expect(decide({ DATABASE_URL: POSTGRES, TRUST_PROXY: 'loopback' }).drainSeconds).toBe(3);
  expect(decide({ DATABASE_URL: POSTGRES, TRUST_PROXY: 'loopback', DRAIN_SECONDS: '0' }).drainSeconds).toBe(0);
  expect(decide({ DATABASE_URL: POSTGRES }).drainSeconds).toBe(0);
  expect(decide({ TRUST_PROXY: 'loopback' }).drainSeconds).toBe(0);
});

test('the address of Redis is checked', () => {
  expect(decide({ REDIS_URL: 'rediss://:pw@cache:6380/1' }).redisUrl).toBe('rediss://:pw@cache:6380/1');
  for (const REDIS_URL of ['localhost:6379', 'http://cache', 'redis:']) expect(faultsOf({ REDIS_URL })).toHaveLength(1);
});

test('all faults are reported together', () => {
  const faults = faultsOf({
    PORT: '80a',
    SIGNUP: 'maybe',
    LOG_LEVEL: 'loud',
    SECRET_KEY: 'short',
    DATABASE_URL: 'mysql://x',
  });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'SECRET_KEY',
    'SIGNUP',
    'LOG_LEVEL',
  ]);
});

test.each([
  ['sqlite:///./tasks.db', { engine: 'sqlite', path: resolve('tasks.db') }],
  ['sqlite:///tasks.db', { engine: 'sqlite', path: resolve('tasks.db') }],
  ['sqlite:////var/lib/tend/tasks.db', { engine: 'sqlite', path: '/var/lib/tend/tasks.db' }],
  ['sqlite+aiosqlite:///./tasks.db', { engine: 'sqlite', path: resolve('tasks.db') }],
  ['sqlite:data/x.db', { engine: 'sqlite', path: resolve('data/x.db') }],
  ['postgres://u:p@db:5432/tend', { engine: 'postgres', url: 'postgresql://u:p@db:5432/tend' }],
  ['postgresql+psycopg2://u:p@db/tend', { engine: 'postgres', url: 'postgresql://u:p@db/tend' }],
])('DATABASE_URL %s', (url, target) => {
  expect(decide({ DATABASE_URL: url }).database).toEqual(target);
});

test.each(['sqlite://', 'sqlite:///:memory:', 'mysql://h/d', 'postgres://h', 'tasks.db', 'sqlite:///a.db?mode=ro'])(
  'DATABASE_URL %s is refused',
  (url) => {
    expect(faultsOf({ DATABASE_URL: url })).toHaveLength(1);
  },
);

test.each(['your-secret-key-change-in-production', 'supersecretsupersecret', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'short'])(
  'SECRET_KEY %s is refused',
  (secret) => {
    expect(faultsOf({ SECRET_KEY: secret })).toHaveLength(1);
  },
);

test('lists may be written with commas or as JSON', () => {
  expect(decide({ CORS_ORIGINS: 'http://localhost:3000, https://a.example/' }).corsOrigins).toEqual([
    'http://localhost:3000',
    'https://a.example',
  ]);
  expect(decide({ CORS_ORIGINS: '["http://localhost:3000"]' }).corsOrigins).toEqual(['http://localhost:3000']);
  expect(decide({ TRUST_PROXY: '10.0.0.0/8, ::1,loopback' }).trustProxy).toEqual(['10.0.0.0/8', '::1', 'loopback']);
  expect(faultsOf({ TRUST_PROXY: 'true' })).toHaveLength(1);
  expect(faultsOf({ TRUST_PROXY: '10.0.0.0/33' })).toHaveLength(1);
});

test('a value can come from a file, but not from two places', () => {
  const files: Record<string, string> = {
    '/run/secrets/key': '0123456789abcdef0123456789abcdef\n',
    '/run/empty': '\n',
  };
  const readFile = (path: string) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
    return text;
  };
  expect(decideConfig(readEnv({ SECRET_KEY_FILE: '/run/secrets/key' }, readFile)).secretKey).toBe(
    '0123456789abcdef0123456789abcdef',
  );
  const { faults } = readEnv(
    { PORT: '1', PORT_FILE: '/x', SECRET_KEY_FILE: '/no', DATABASE_URL_FILE: '/run/empty' },
    readFile,
  );
  expect(faults).toEqual([
    'PORT and PORT_FILE are both set; keep one.',
    'DATABASE_URL_FILE: /run/empty is empty.',
    'SECRET_KEY_FILE: /no cannot be read (ENOENT).',
  ]);
});

test('an empty value is the default', () => {
  expect(decide({ PORT: '', SIGNUP: ' ' })).toMatchObject({ port: 8000, signup: 'open' });
});

test('.env.example names exactly the variables that are read', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const named = [...text.matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  expect(new Set(named)).toEqual(new Set(VARIABLES));
  expect(named).toHaveLength(VARIABLES.length);
});
