import type { HttpClient } from '#web/api/http-client.ts';

/** What a server tells everybody: `GET /instance`. */
export interface Instance {
  readonly version: string;
  /** `setup`: the first account is to be made, and runs the server; `setup_token`: and needs the printed token. */
  readonly signup: 'open' | 'closed' | 'setup' | 'setup_token';
  /** The demo account is public, its password included. */
  readonly demo: { readonly username: string; readonly password: string } | null;
}

export function loadInstance(http: Pick<HttpClient, 'request'>): Promise<Instance> {
  return http.request<Instance>('GET', '/instance', { authorized: false });
}

export function isFirstRun(instance: Instance | null): boolean {
  return instance?.signup === 'setup' || instance?.signup === 'setup_token';
}
