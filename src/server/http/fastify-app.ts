import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import { fastify, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { TSchema } from 'typebox';
import { DomainError } from '#core/errors.ts';
import type { ServerContext } from '#server/context.ts';
import { compressAnswers } from './compress-answers.ts';
import { answerCors } from './cors.ts';
import { handleError } from './error-handler.ts';
import { registerHealthRoutes } from './health-routes.ts';
import { installJsonBody } from './json-body.ts';
import { installOpenApi } from './openapi.ts';
import { type Authenticate, authorizeRequest, collectRoutes, type RouteEntry } from './policy.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import { createRateLimits } from './rate-limit.ts';
import { createRequestLogger } from './request-logger.ts';
import { securityHeaders, setSecurityHeaders } from './security-headers.ts';
import { createFallback, type WebDirectories } from './static-web.ts';
import type { App } from './type-provider.ts';
import { createValidatorCompiler } from './validation.ts';

export interface FastifyAppOptions {
  readonly authenticate: Authenticate;
  /** The features, each registering its own routes below /api/v1. */
  readonly features: readonly ((api: App) => void)[];
  /** What answers are made of, by `$id`: the OpenAPI document refers to them. */
  readonly schemas: readonly TSchema[];
  readonly directories: WebDirectories;
  readonly version: string;
  /** What `/readyz` tells besides; whether the process is ready does not depend on it. */
  readonly condition: () => Promise<object>;
}

export interface FastifyApp {
  readonly app: App;
  /** Every route that was registered, for the tests that must not miss one. */
  readonly routes: readonly RouteEntry[];
}

/** The application without a socket: tests inject requests, `server.ts` listens. */
export async function buildFastifyApp(context: ServerContext, options: FastifyAppOptions): Promise<FastifyApp> {
  const app = createFastify(context);
  const routes = collectRoutes(app);
  installJsonBody(app);
  app.setErrorHandler(handleError);
  app.decorateRequest('principal', null);
  installGuards(app, context, options.authenticate);
  compressAnswers(app);
  await app.register(cookie);
  await installOpenApi(app, options.version);
  // Here and not with their routes: a context with schemas of its own gets Fastify's default validator.
  for (const schema of options.schemas) app.addSchema(schema);
  registerHealthRoutes(app, context, options.condition);
  await app.register(
    async (api) => {
      for (const register of options.features) register(api);
    },
    { prefix: '/api/v1' },
  );
  app.setNotFoundHandler(createFallback(options.directories, routes));
  await app.ready();
  return { app, routes };
}

function createFastify(context: ServerContext): App {
  const { config, logger } = context;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: createRequestLogger,
    genReqId: requestIds(context),
    // A request id from outside could be used to forge log lines.
    requestIdHeader: false,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: 1_048_576,
    // All three are off by default; a client that sends one byte a minute would hold its connection for ever.
    requestTimeout: 60_000,
    connectionTimeout: 90_000, // idle: longer than the 25 s between two pings of an event stream
    keepAliveTimeout: 72_000, // longer than the 60 s of common balancers, which must be the ones to hang up
    http: {
      headersTimeout: 15_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16_384,
      // Node's own answer to a missing Host has none of our headers; the guard below gives one that does.
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    // Who still has a connection gets an answer, over this one for the last time.
    return503OnClosing: false,
    schemaController: {
      compilersFactory: {
        buildValidator: buildValidator as never, // its types are those of Ajv
        // What leaves is chosen by explicit lists of fields; the generic serializer is the faster one.
        buildSerializer: () => () => JSON.stringify,
      },
    },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(config, request, reply);
      void handleError(error, request, reply);
    },
    clientErrorHandler: (error, socket) => answerUnreadable(context, error, socket),
  }) as unknown as App;
  return app;
}

function buildValidator(shared: Readonly<Record<string, TSchema>>) {
  return createValidatorCompiler(shared);
}

/** Runs before anything else for every request, whichever route it meets or none. */
function installGuards(app: App, context: ServerContext, authenticate: Authenticate): void {
  const { config } = context;
  const limits = createRateLimits(context.limits, config.rateLimitFactor, context.sharedCounters);
  app.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(config, request, reply);
    // A balancer that keeps this connection would send the next request into a process that is gone.
    if (context.closing.aborted) reply.header('connection', 'close');
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      throw new DomainError('malformed_request', 'A request of HTTP/1.1 names its host.');
    }
    if (answerCors(config, request, reply)) return reply;
    if (request.is404) return undefined;
    try {
      await authorizeRequest(request, authenticate);
    } catch (error) {
      // Refusals count too, or guessing tokens would be free.
      await limits.count(request, reply);
      throw error;
    }
    await limits.count(request, reply);
    return undefined;
  });
  // Node answers these itself; without a listener it would do so without our headers.
  app.server.on('checkExpectation', (_request, response) => {
    response.writeHead(417, { ...securityHeaders(config), 'content-length': 0, connection: 'close' }).end();
  });
  app.addHook('onResponse', (request, reply, done) => {
    // Access logs are the proxy's business; here is what somebody may have to look into.
    if (reply.statusCode >= 400) request.log.info(describeRequest(request, reply), 'request refused');
    else if (context.logger.isLevelEnabled('debug')) request.log.debug(describeRequest(request, reply), 'request');
    done();
  });
}

function describeRequest(request: FastifyRequest, reply: FastifyReply) {
  return {
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    userId: request.principal?.userId,
  };
}

/** Unique among all processes; it is no secret, so one random prefix per process does. */
function requestIds(context: ServerContext): () => string {
  const prefix = Buffer.from(context.random(new Uint8Array(9))).toString('base64url');
  let count = 0;
  return () => `${prefix}-${(count++).toString(36)}`;
}

/** What arrived is no HTTP. The answer is written by hand, because there is no request to reply to. */
function answerUnreadable(context: ServerContext, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const [status, reason] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request'];
  const requestId = randomBytes(9).toString('base64url');
  const problem = problemOf(new DomainError('malformed_request', 'This is not a request of HTTP/1.1.'), requestId);
  const body = JSON.stringify({ ...problem, status });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    ...Object.entries(securityHeaders(context.config)).map(([name, value]) => `${name}: ${value}`),
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
