import { fileURLToPath } from 'node:url';
import { createAccessTokens } from './auth/access-token.ts';
import { createAccounts } from './auth/accounts.ts';
import { registerAuthRoutes } from './auth/auth-routes.ts';
import { createAuthenticator, type Authenticator } from './auth/authenticate.ts';
import { registerInstanceRoutes } from './auth/instance-routes.ts';
import { createLoginAttempts } from './auth/login-attempts.ts';
import { registerMeRoutes } from './auth/me-routes.ts';
import { createProfiles } from './auth/profiles.ts';
import { registerSessionRoutes } from './auth/session-routes.ts';
import { createSessionCache } from './auth/session-cache.ts';
import { createSessions } from './auth/sessions.ts';
import { createBackupStatus } from './backup/backup-status.ts';
import type { AccountEffects, ServerContext } from './context.ts';
import { buildFastifyApp, type FastifyApp } from './http/fastify-app.ts';
import type { WebDirectories } from './http/static-web.ts';
import type { App } from './http/type-provider.ts';
import { packageVersion } from './package-version.ts';
import { REST_SCHEMAS, registerRestRoutes } from './rest/rest-routes.ts';
import { registerSyncRoutes } from './sync/sync-routes.ts';
import { createAccountEffects } from './write/account-effects.ts';

export interface TendApp extends FastifyApp {
  readonly authenticator: Authenticator;
  readonly effects: AccountEffects;
}

export interface AppOptions {
  /** Built files; default: `dist` of this checkout. */
  readonly directories?: WebDirectories;
}

const DIST = new URL('../../dist/', import.meta.url);

/** The composition of the server: which features there are, and what each of them gets. */
export async function createApp(context: ServerContext, options: AppOptions = {}): Promise<TendApp> {
  const tokens = createAccessTokens(context.keys.accessToken, context.config.accessTokenMinutes, context.clock);
  const cache = createSessionCache(context);
  const authenticator = createAuthenticator(tokens, cache, () => context.clock.now());
  const effects = createAccountEffects(context);
  const sessions = createSessions(context, tokens, cache);
  const attempts = createLoginAttempts(context);
  const accounts = createAccounts({ context, effects, sessions, attempts });
  const profiles = createProfiles({ context, effects, sessions, attempts, cache });
  const version = packageVersion();
  const backups = createBackupStatus(context);
  const built = await buildFastifyApp(context, {
    version,
    authenticate: (request) => authenticator.authenticate(request),
    directories: options.directories ?? {
      web: fileURLToPath(new URL('web', DIST)),
      docs: fileURLToPath(new URL('docs', DIST)),
    },
    schemas: REST_SCHEMAS,
    // Requests do not need backups: a process without them stays in service.
    condition: async () => ({ backups: await backups() }),
    features: [
      (api: App) => registerInstanceRoutes(api, context, version),
      (api) => registerAuthRoutes(api, context, { accounts, sessions }),
      (api) => registerMeRoutes(api, context, profiles),
      (api) => registerSessionRoutes(api, context, cache),
      (api) => registerRestRoutes(api, context),
      (api) => registerSyncRoutes(api, context),
    ],
  });
  return { ...built, authenticator, effects };
}
