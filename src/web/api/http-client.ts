import { DomainError, type ErrorCode, type FieldError } from '#core/errors.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface RequestOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Off for the calls that make or end a session. */
  readonly authorized?: boolean;
}

export interface HttpClientOptions {
  /** Default: `/api/v1` of this origin. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
  readonly clock?: () => number;
  /** Lets the tabs of a browser refresh one after another; absent on plain-http origins. */
  readonly locks?: Pick<LockManager, 'request'> | undefined;
}

interface AccessToken {
  readonly value: string;
  readonly expiresAt: number;
}

/** What the server answers to everything that makes a session. */
export interface TokenAnswer<User> {
  readonly user: User;
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  /** Whether the session, and the data with it, may stay in the browser when it is closed. */
  readonly remember: boolean;
}

/** A token this close to its end is renewed first. */
const MARGIN_MS = 15_000;

/**
 * The API of the server. The access token lives in memory only; the refresh token is in a cookie that scripts cannot
 * read. Refusals come as DomainError with the server's code; a server that cannot be reached is `unavailable`.
 */
export class HttpClient {
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  readonly #clock: () => number;
  readonly #locks: Pick<LockManager, 'request'> | undefined;
  #token: AccessToken | null = null;
  #expected: string | null = null;
  #refreshing: Promise<unknown> | null = null;

  constructor(options: HttpClientOptions = {}) {
    this.#baseUrl = options.baseUrl ?? '/api/v1';
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#clock = options.clock ?? Date.now;
    this.#locks = options.locks;
  }

  /** Sends JSON and reads JSON; an answer without body is undefined. */
  async request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.send(method, path, options);
    if (response.status === 204) return undefined as T;
    return (await readJson(response)) as T;
  }

  /** For answers that are streamed: resolves with the open response, rejects if it is an error. */
  async send(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
    if (options.authorized === false) return accepted(await this.#exchange(method, path, options, null));
    const token = await this.#validToken();
    const response = await this.#exchange(method, path, options, token);
    if (response.status !== 401) return accepted(response);
    // Signing out elsewhere and a new secret of the server both end a token before its time.
    if (this.#token === token) this.#token = null;
    return accepted(await this.#exchange(method, path, options, await this.#validToken()));
  }

  /** Takes the tokens of an answer of login, signup or refresh. */
  adopt({ access_token, expires_in }: TokenAnswer<unknown>): void {
    this.#token = { value: access_token, expiresAt: this.#clock() + expires_in * 1_000 };
  }

  forget(): void {
    this.#token = null;
  }

  /**
   * Whose session this page goes on with. The cookie is shared by all tabs: when somebody else signs in at another one,
   * this page must be signed out rather than act in their name.
   */
  expectUser(userId: string | null): void {
    this.#expected = userId;
  }

  /** Renews the session by its cookie; at most once at a time in this tab and, where possible, in this browser. */
  async refresh<User>(): Promise<TokenAnswer<User>> {
    this.#refreshing ??= this.#exclusively(async () => {
      const answer = await this.request<TokenAnswer<User>>('POST', '/auth/refresh', { body: {}, authorized: false });
      const { id } = answer.user as { readonly id?: string };
      if (this.#expected !== null && id !== this.#expected) {
        throw new DomainError('unauthenticated', 'Somebody else signed in on this browser.');
      }
      this.adopt(answer);
      return answer;
    }).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing as Promise<TokenAnswer<User>>;
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#locks ? (this.#locks.request('tend-refresh', work) as Promise<T>) : work();
  }

  async #validToken(): Promise<AccessToken> {
    if (!this.#token || this.#token.expiresAt - MARGIN_MS < this.#clock()) await this.refresh();
    if (!this.#token) throw new DomainError('unauthenticated', 'You are signed out.');
    return this.#token;
  }

  async #exchange(
    method: Method,
    path: string,
    { body, signal, headers }: RequestOptions,
    token: AccessToken | null,
  ): Promise<Response> {
    try {
      return await this.#fetch(this.#baseUrl + path, {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token && { authorization: `Bearer ${token.value}` }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (cause) {
      throw new DomainError('unavailable', 'The server cannot be reached.', {}, { cause });
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    // Cut off on the way, or written by something between us and the server.
    throw new DomainError('unavailable', 'The answer of the server could not be read.', {}, { cause });
  }
}

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await problemOf(response);
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: readonly FieldError[];
  readonly requestId?: string;
}

/** An RFC 9457 answer as the error it stands for; proxies answer in their own words, so the status decides then. */
async function problemOf(response: Response): Promise<DomainError> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const problem = isProblem ? ((await readJson(response)) as Problem) : {};
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const code = (problem.code ?? codeOf(response.status)) as ErrorCode;
  return new DomainError(code, problem.detail ?? problem.title ?? 'The server could not do this.', {
    status: response.status,
    ...(problem.errors && { errors: problem.errors }),
    ...(problem.requestId && { requestId: problem.requestId }),
    ...(Number.isFinite(retryAfter) && { retryAfter }),
  });
}

function codeOf(status: number): ErrorCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 413) return 'payload_too_large';
  if (status === 429) return 'rate_limited';
  if (status >= 502 && status <= 504) return 'unavailable';
  return status >= 500 ? 'internal' : 'malformed_request';
}
