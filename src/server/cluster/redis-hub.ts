import type { ScopeId } from '#core/rows.ts';
import type { ScopeState } from '#server/write/commit-stamp.ts';
import { type CommitNotice, createLocalHub, type Hub } from '#server/write/hub.ts';
import type { RedisLink } from './redis-link.ts';
import { SHARDS, shardOf } from './shards.ts';

/** A scope with its version, or without when only its readers changed. */
type Entry = readonly [scope: ScopeId, ver?: number, tag?: number];

/**
 * A hub that also tells the other processes. Redis only makes it quick: a notice that it loses is made up for by
 * the next look into the database (`#server/sync/event-streams.ts`), and nobody waits for it.
 */
export function createRedisHub(link: RedisLink, origin: string): Hub {
  const local = createLocalHub();
  const channels = Array.from({ length: SHARDS }, (_, shard) => channelOf(shard));
  link.listen(channels, (message) => {
    const notice = decodeNotice(message, origin);
    if (notice) local.publish(notice);
  });
  return {
    get hearsOthers() {
      return link.live;
    },
    publish(notice) {
      local.publish(notice);
      for (const [shard, entries] of entriesByShard(notice)) {
        link.publish(channelOf(shard), JSON.stringify([origin, ...entries]));
      }
    },
    subscribe: (listener) => local.subscribe(listener),
  };
}

function channelOf(shard: number): string {
  return `wake:${shard}`;
}

function entriesByShard({ scopes, versions = [] }: CommitNotice): Map<number, Entry[]> {
  const known = new Map(versions.map((state) => [state.scope, state]));
  const byShard = new Map<number, Entry[]>();
  for (const scope of scopes) {
    const state = known.get(scope);
    const entry: Entry = state ? [scope, state.ver, state.tag] : [scope];
    const shard = shardOf(scope);
    const entries = byShard.get(shard);
    if (entries) entries.push(entry);
    else byShard.set(shard, [entry]);
  }
  return byShard;
}

/** Undefined for an own message, and for one of a version that speaks otherwise. */
function decodeNotice(message: string, origin: string): CommitNotice | undefined {
  const parsed = parse(message);
  if (!Array.isArray(parsed) || parsed[0] === origin) return undefined;
  const entries = parsed.slice(1).filter(isEntry);
  const versions: ScopeState[] = entries.flatMap(([scope, ver, tag]) =>
    ver === undefined || tag === undefined ? [] : [{ scope, ver, tag }],
  );
  return { scopes: entries.map(([scope]) => scope), versions };
}

function parse(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value)) return false;
  const [scope, ver, tag] = value as unknown[];
  if (typeof scope !== 'string' || !/^[up]:/.test(scope)) return false;
  return value.length === 1 || (Number.isSafeInteger(ver) && Number.isSafeInteger(tag));
}
