import { Type } from 'typebox';
import type { ServerContext } from '#server/context.ts';
import type { App } from '#server/http/type-provider.ts';
import { hasUsers } from './user-repository.ts';

const InstanceView = Type.Object({
  version: Type.String(),
  signup: Type.Enum(['open', 'closed', 'setup', 'setup_token']),
  demo: Type.Union([Type.Object({ username: Type.String(), password: Type.String() }), Type.Null()]),
});

/** What the login page has to know before anybody is logged in. */
export function registerInstanceRoutes(app: App, { config, database }: ServerContext, version: string): void {
  async function signup(): Promise<'open' | 'closed' | 'setup' | 'setup_token'> {
    const open = config.signup === 'open';
    if (await hasUsers(database.reader)) return open ? 'open' : 'closed';
    return open && !config.production ? 'setup' : 'setup_token';
  }

  app.get(
    '/instance',
    {
      schema: {
        tags: ['instance'],
        operationId: 'getInstance',
        summary: 'What this instance offers to newcomers',
        description:
          '`setup`: nobody is here yet, the first account becomes the administrator; `setup_token`: and it needs the ' +
          'token that the server printed. `demo`: an account for trying things out.',
        response: { 200: InstanceView },
      },
      config: { authz: { access: 'public', resource: 'instance', action: 'read' } },
    },
    async () => ({ version, signup: await signup(), demo: config.demo ?? null }),
  );
}
