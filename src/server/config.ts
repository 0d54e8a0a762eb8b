import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { DatabaseTarget } from './db/database.ts';

/** Everything that an operator can set; each also as NAME_FILE, the path of a file that holds the value. */
export const VARIABLES = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'REDIS_URL',
  'WORKERS',
  'DRAIN_SECONDS',
  'SECRET_KEY',
  'SIGNUP',
  'CREATE_DEMO_USER',
  'DEMO_USERNAME',
  'DEMO_PASSWORD',
  'ACCESS_TOKEN_EXPIRE_MINUTES',
  'CORS_ORIGINS',
  'TRUST_PROXY',
  'RATE_LIMIT_FACTOR',
  'BACKUP_DAILY_AT',
  'BACKUP_KEEP',
  'BACKUP_DIR',
  'LOG_LEVEL',
] as const;
export type Variable = (typeof VARIABLES)[number];

export type SignupMode = 'open' | 'invite' | 'closed';
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Where people reach it, without a trailing slash; undefined: wherever the request says. */
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly database: DatabaseTarget;
  /** Where several processes meet; undefined: only in the database. */
  readonly redisUrl: string | undefined;
  /** Processes on this machine. */
  readonly workers: number;
  /** How long a process that is told to stop goes on answering, until its balancer has noticed. */
  readonly drainSeconds: number;
  /** Undefined: made once and kept in `dataDir`. */
  readonly secretKey: string | undefined;
  readonly signup: SignupMode;
  readonly demo: { readonly username: string; readonly password: string } | undefined;
  readonly accessTokenMinutes: number;
  /** Origins that may call the API from a browser; `*` is every one. */
  readonly corsOrigins: readonly string[];
  /** Addresses or networks whose X-Forwarded-* headers are believed. */
  readonly trustProxy: readonly string[];
  /** Multiplies the limits, for many people behind one address or for busy programs. */
  readonly rateLimitFactor: number;
  readonly backup: BackupConfig;
  readonly logLevel: LogLevel;
}

export interface BackupConfig {
  /** Time of day by the clock of the machine; undefined: none by itself. */
  readonly dailyAt: { readonly hour: number; readonly minute: number } | undefined;
  /** How many daily ones are kept. */
  readonly keep: number;
  readonly directory: string;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

export interface Env {
  readonly values: Readonly<Partial<Record<Variable, string>>>;
  readonly faults: readonly string[];
}

/** Step one: collect. An empty value counts as absent, as in every compose file with `${NAME:-}`. */
export function readEnv(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Env {
  const values: Partial<Record<Variable, string>> = {};
  const faults: string[] = [];
  for (const name of VARIABLES) {
    const direct = environment[name]?.trim();
    const file = environment[`${name}_FILE`]?.trim();
    if (direct && file) {
      faults.push(`${name} and ${name}_FILE are both set; keep one.`);
    } else if (file) {
      try {
        const text = readFile(file).trim();
        if (text) values[name] = text;
        else faults.push(`${name}_FILE: ${file} is empty.`);
      } catch (error) {
        faults.push(
          `${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
        );
      }
    } else if (direct) {
      values[name] = direct;
    }
  }
  return { values, faults };
}

/** Step two: decide, or name every fault at once. */
export function decideConfig({ values, faults: readFaults }: Env): Config {
  const faults = [...readFaults];
  const read = <T>(name: Variable, fallback: T, parse: (text: string) => T): T => {
    const text = values[name];
    if (text === undefined) return fallback;
    try {
      return parse(text);
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
      return fallback;
    }
  };
  const production = values.NODE_ENV === 'production';
  const dataDir = resolve(values.DATA_DIR ?? 'data');
  const port = read('PORT', 8000, integer(0, 65_535));
  const database = read<DatabaseTarget>(
    'DATABASE_URL',
    { engine: 'sqlite', path: join(dataDir, 'tend.db') },
    parseDatabaseUrl,
  );
  const trustProxy = read('TRUST_PROXY', [], parseProxies);
  const config: Config = {
    production,
    host: values.HOST ?? '0.0.0.0',
    port,
    publicUrl: read('PUBLIC_URL', undefined, parsePublicUrl),
    dataDir,
    database,
    redisUrl: read<string | undefined>('REDIS_URL', undefined, parseRedisUrl),
    workers: read('WORKERS', 1, (text) => parseWorkers(text, database)),
    // Only a balancer in front can send people to another process in the meantime.
    drainSeconds: read(
      'DRAIN_SECONDS',
      trustProxy.length > 0 && database.engine === 'postgres' ? 3 : 0,
      integer(0, 60),
    ),
    secretKey: read('SECRET_KEY', undefined, parseSecretKey),
    signup: read<SignupMode>('SIGNUP', production ? 'invite' : 'open', oneOf(['open', 'invite', 'closed'])),
    demo: read('CREATE_DEMO_USER', !production, parseBoolean)
      ? { username: values.DEMO_USERNAME ?? 'demo', password: values.DEMO_PASSWORD ?? 'demo1234' }
      : undefined,
    accessTokenMinutes: read('ACCESS_TOKEN_EXPIRE_MINUTES', 10, integer(1, 1440)),
    corsOrigins: read('CORS_ORIGINS', [], parseOrigins),
    trustProxy,
    rateLimitFactor: read('RATE_LIMIT_FACTOR', 1, integer(1, 10_000)),
    backup: {
      dailyAt: read('BACKUP_DAILY_AT', { hour: 3, minute: 0 }, parseTimeOfDay),
      keep: read('BACKUP_KEEP', 14, integer(1, 10_000)),
      directory: resolve(values.BACKUP_DIR ?? join(dataDir, 'backups')),
    },
    logLevel: read<LogLevel>('LOG_LEVEL', 'info', oneOf(LOG_LEVELS)),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** The configuration of this process. Nothing else in the server reads the environment. */
export function loadConfig(): Config {
  // oxlint-disable-next-line node/no-process-env -- this is the one place
  return decideConfig(readEnv(process.env));
}

function integer(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new Error(`"${text}" is not a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

function oneOf<T extends string>(allowed: readonly T[]) {
  return (text: string): T => {
    const found = allowed.find((value) => value === text.toLowerCase());
    if (!found) throw new Error(`"${text}" is not one of ${allowed.join(', ')}.`);
    return found;
  };
}

function parseBoolean(text: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off'].includes(text.toLowerCase())) return false;
  throw new Error(`"${text}" is neither true nor false.`);
}

function parseTimeOfDay(text: string): BackupConfig['dailyAt'] {
  if (text.toLowerCase() === 'off') return undefined;
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour === undefined) throw new Error(`"${text}" is neither a time of day such as 03:00 nor off.`);
  return { hour: Number(hour), minute: Number(minute) };
}

function parsePublicUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`"${text}" is not an http or https address.`);
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Error(`"${text}" has more than a scheme, a host and a port; Tend serves from the root of its host.`);
  }
  return url.origin;
}

/**
 * `sqlite:///relative.db` and `sqlite:////absolute.db` as SQLAlchemy spells them, with or without a driver
 * (`sqlite+aiosqlite`), or `postgres://…` and `postgresql+driver://…`.
 */
function parseDatabaseUrl(text: string): DatabaseTarget {
  const [, scheme = '', rest = ''] = /^([a-z]+)(?:\+[a-z0-9]+)?:(.*)$/is.exec(text) ?? [];
  if (/^postgres(ql)?$/i.test(scheme)) {
    const url = `postgresql:${rest}`;
    if (!URL.parse(url)?.pathname.slice(1)) throw new Error('it has no name of a database.');
    return { engine: 'postgres', url };
  }
  if (scheme.toLowerCase() !== 'sqlite') throw new Error('it begins neither with sqlite: nor with postgres:.');
  const path = rest.startsWith('///') ? rest.slice(3) : rest;
  if (!path || path.startsWith('//') || path.includes(':memory:') || path.includes('?')) {
    throw new Error('sqlite needs the path of a file, as in sqlite:///./data/tend.db.');
  }
  return { engine: 'sqlite', path: resolve(path) };
}

function parseRedisUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname) {
    throw new Error('it is not an address such as redis://localhost:6379.');
  }
  return text;
}

function parseWorkers(text: string, { engine }: DatabaseTarget): number {
  const workers = text.toLowerCase() === 'auto' ? availableParallelism() : integer(1, 64)(text);
  if (text !== '1' && engine === 'sqlite') {
    throw new Error('several processes need PostgreSQL in DATABASE_URL; SQLite has one writer.');
  }
  return workers;
}

/** Texts of templates and tutorials, which everybody knows. */
const KNOWN_SECRETS = /change|secret[-_ ]?key|your[-_ ]|example|^(super)?secret|password|^(.)\2*$/i;

function parseSecretKey(text: string): string {
  if (text.length < 16) throw new Error('it is shorter than 16 characters. `openssl rand -hex 32` makes a good one.');
  if (KNOWN_SECRETS.test(text))
    throw new Error('it is an example that others know. `openssl rand -hex 32` makes a good one.');
  return text;
}

function list(text: string): string[] {
  const items = text.startsWith('[') ? (JSON.parse(text) as unknown[]).map(String) : text.split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

function parseOrigins(text: string): string[] {
  return list(text).map((item) => {
    if (item === '*') return item;
    const url = URL.parse(item);
    if (!url || !/^https?:$/.test(url.protocol))
      throw new Error(`"${item}" is not an origin such as https://tasks.example.org.`);
    return url.origin;
  });
}

function parseProxies(text: string): string[] {
  const names = ['loopback', 'linklocal', 'uniquelocal'];
  return list(text).map((item) => {
    const [address = '', bits] = item.split('/');
    const width = isIP(address) === 6 ? 128 : 32;
    const isNetwork = isIP(address) !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= width));
    if (!isNetwork && !names.includes(item)) {
      throw new Error(`"${item}" is neither an address, a network such as 10.0.0.0/8, nor one of ${names.join(', ')}.`);
    }
    return item;
  });
}
