import { type APIRequestContext, type APIResponse, type BrowserContext, expect } from '@playwright/test';
import { aPerson, type Person, tokenOf } from './accounts.ts';

export interface WireTask {
  readonly id: string;
  readonly title: string;
  readonly priority: number;
  readonly rev: number;
}

/** What the server has of somebody, asked without a browser. */
export class Account {
  readonly person: Person;
  readonly #request: APIRequestContext;
  #token: string;

  private constructor(request: APIRequestContext, person: Person, token: string) {
    this.#request = request;
    this.person = person;
    this.#token = token;
  }

  static async signUp(request: APIRequestContext): Promise<Account> {
    const person = aPerson();
    const answer = await request.post('/api/v1/auth/signup', { data: { ...person, timeZone: 'Europe/Berlin' } });
    expect(answer.status()).toBe(201);
    return new Account(request, person, ((await answer.json()) as { access_token: string }).access_token);
  }

  /** Signs this browser in, and lets it keep data. */
  async enter(context: BrowserContext): Promise<void> {
    const answer = await context.request.post('/api/v1/auth/login', { data: { ...this.person, remember: true } });
    expect(answer.status()).toBe(200);
  }

  async call<T>(method: string, path: string, data?: unknown): Promise<T> {
    let answer = await this.#fetch(method, path, data);
    if (answer.status() === 401) {
      // A long run outlives the token.
      this.#token = await tokenOf({ request: this.#request }, this.person);
      answer = await this.#fetch(method, path, data);
    }
    expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
    return (answer.status() === 204 ? undefined : await answer.json()) as T;
  }

  #fetch(method: string, path: string, data: unknown): Promise<APIResponse> {
    const headers = { authorization: `Bearer ${this.#token}` };
    return this.#request.fetch(`/api/v1${path}`, { method, headers, ...(data !== undefined && { data }) });
  }

  async tasks(): Promise<WireTask[]> {
    const found: WireTask[] = [];
    for (let cursor = ''; ; ) {
      const page = await this.call<{ items: WireTask[]; nextCursor: string | null }>(
        'GET',
        `/tasks?limit=200${cursor}`,
      );
      found.push(...page.items);
      if (page.nextCursor === null) return found;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
  }

  /** Each task as `title (priority, revision)`: applied twice, a change would count twice. */
  async facts(): Promise<string[]> {
    return (await this.tasks()).map(({ title, priority, rev }) => `${title} (${priority}, ${rev})`).sort();
  }

  async remove(id: string): Promise<void> {
    await this.call('DELETE', `/tasks/${id}`);
    await this.call('DELETE', `/trash/tasks/${id}`);
  }
}
