import { ScopeWatch } from '#server/sync/scope-watch.ts';

/**
 * The server with one fault: it never looks into the database for commits of other processes. A control for the tests
 * of a Redis that fails, which have to notice; nothing of this is reachable from the server that people run.
 */
ScopeWatch.prototype.look = async () => ({ changed: [], scopesByUser: new Map() });

await import('#server/main.ts');
