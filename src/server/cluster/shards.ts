import type { ScopeId } from '#core/rows.ts';

/**
 * Every process listens to all of them and keeps what it has readers for: nobody subscribes or unsubscribes while
 * people come and go, and a cluster of Redis servers can share the channels out.
 */
export const SHARDS = 64;

/** FNV-1a. Processes of different versions must agree, so it never changes. */
export function shardOf(scope: ScopeId): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < scope.length; i++) hash = Math.imul(hash ^ scope.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % SHARDS;
}
