import type { FastifyRequest, RouteOptions } from 'fastify';
import { DomainError, forbidden } from '#core/errors.ts';
import type { InstanceRole } from '#core/actor.ts';
import type { App } from './type-provider.ts';

/** What a route lets whom do. Without one, a route is denied at run time and fails a test. */
export interface Authz {
  /** Who may call it at all; what they may do with the object is decided by core, with the object at hand. */
  readonly access: 'public' | 'user' | 'admin';
  readonly resource: string;
  readonly action: string;
  /** Parameters and fields that name objects; the isolation tests put foreign ids into each. */
  readonly idParams?: readonly string[];
  /** The demo account is not allowed to, whatever its role in a project. */
  readonly demo?: 'denied';
}

/** Who a request acts for. Roles are looked up, never read from a token. */
export interface Principal {
  readonly userId: string;
  readonly sessionId: string;
  readonly username: string;
  readonly displayName: string;
  readonly instanceRole: InstanceRole;
  /** Epoch milliseconds at which its token ends: streams end then as well. */
  readonly expiresAt: number;
}

export type Authenticate = (request: FastifyRequest) => Promise<Principal> | Principal;

declare module 'fastify' {
  interface FastifyContextConfig {
    authz?: Authz;
    /** Which limit of `rate-limit.ts` it counts towards besides the general one. */
    rateLimit?: 'search' | 'none';
  }
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** The principal of a route with access `user` or `admin`. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new DomainError('unauthenticated', 'Log in first.');
  return request.principal;
}

/** In a root hook: nothing that a path looks like can get around it. */
export async function authorizeRequest(request: FastifyRequest, authenticate: Authenticate): Promise<void> {
  const { authz } = request.routeOptions.config;
  if (!authz) throw forbidden('This route has no access policy.');
  if (authz.access === 'public') return;
  request.principal = await authenticate(request);
  const role = request.principal.instanceRole;
  if (authz.access === 'admin' && role !== 'admin')
    throw forbidden('Only administrators of this instance can do this.');
  if (authz.demo === 'denied' && role === 'demo') throw forbidden('The demo account cannot do this.');
}

/** A route of the application, as `onRoute` saw it. */
export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly authz: Authz | undefined;
}

/** Collects every route, for the 405 answers, the OpenAPI document and the tests that must not miss one. */
export function collectRoutes(app: App): readonly RouteEntry[] {
  const routes: RouteEntry[] = [];
  app.addHook('onRoute', (route: RouteOptions) => {
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, authz: route.config?.authz });
  });
  return routes;
}

/** The methods that a path knows, where it knows any. */
export function methodsFor(routes: readonly RouteEntry[], path: string): readonly string[] {
  const segments = path.split('/');
  const matches = ({ url }: RouteEntry): boolean => {
    const pattern = url.split('/');
    return (
      pattern.length === segments.length &&
      pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === segments[i]))
    );
  };
  return [...new Set(routes.filter(matches).map((route) => route.method))].toSorted();
}
