import { newId } from '#tests/support/write-world.ts';

const PASSWORD = 'a password for crash tests';

/** Somebody with an inbox and a second project, known by address because the server comes and goes. */
export interface CrashAccount {
  readonly userId: string;
  readonly inboxId: string;
  readonly otherId: string;
  readonly headers: Readonly<Record<string, string>>;
}

export async function signUp(url: string): Promise<CrashAccount> {
  const username = `crash-${newId().slice(-12)}`;
  const answer = await post(url, '/auth/signup', {}, { username, password: PASSWORD });
  const { access_token, user } = answer as { access_token: string; user: { id: string } };
  const headers = { authorization: `Bearer ${access_token}` };
  const projects = await fetch(`${url}/api/v1/projects`, { headers });
  const { items } = (await projects.json()) as { items: { id: string; inbox: boolean }[] };
  const inboxId = items.find((project) => project.inbox)?.id;
  if (!inboxId) throw new Error(`no inbox among ${JSON.stringify(items)}`);
  const other = (await post(url, '/projects', headers, { name: 'Other' })) as { id: string };
  return { userId: user.id, inboxId, otherId: other.id, headers };
}

/** Answers with the body of a 2xx; throws for everything else, a broken connection included. */
export async function post(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<unknown> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (!response.ok) throw new RefusedError(response.status, text);
  return JSON.parse(text);
}

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;

  constructor(status: number, body: string) {
    super(`${status}: ${body}`);
    this.status = status;
  }
}
