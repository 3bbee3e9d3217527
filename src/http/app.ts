import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import type { SiteView } from '../design/index.js';
import { answerErrors, openErrorAnswers } from './answer-errors.js';
import { serveAssets } from './asset-routes.js';
import { answerBrokenRequests } from './broken-requests.js';
import { limitContentTypes } from './content-types.js';
import { serveHealth } from './health-routes.js';
import { guardHost } from './host-check.js';
import { observeRequests } from './request-log.js';
import { guardOrigin } from './request-origin.js';
import { securityHeaders, setSecurityHeaders } from './security-headers.js';

const BODY_LIMIT_BYTES = 512 * 1024;
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const CONNECTION_TIMEOUT_MS = 20_000;
const LONGEST_PATH_PARAMETER = 200;

/** The routes of one room, mounted as they are. */
export type MountRoutes = (app: FastifyInstance) => void;

export interface AppServices {
  readonly context: Context;
  readonly site: () => SiteView;
}

/** Builds the HTTP server: what holds for every route, then each room's routes. It does not listen yet. */
export async function openApp(
  services: AppServices,
  rooms: readonly MountRoutes[],
): Promise<FastifyInstance> {
  const { context } = services;
  const headers = securityHeaders(context.config.url);
  const answerError = openErrorAnswers(services);
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: LONGEST_PATH_PARAMETER, ignoreTrailingSlash: true },
    trustProxy: context.config.trustedProxies.length > 0 ? [...context.config.trustedProxies] : false,
    // A wrong type is refused, not turned into the right one; a key that is not asked for is refused, not dropped.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    // What the router itself refuses passes no hook.
    frameworkErrors: (error, request, reply) => answerError(request, reply.headers(headers), error),
    clientErrorHandler: answerBrokenRequests(headers),
    logger: false,
  });
  setSecurityHeaders(app, headers);
  observeRequests(app, context);
  answerErrors(app, answerError);
  guardHost(app, context.config.url);
  guardOrigin(app, context.config.url);
  await app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });
  limitContentTypes(app);
  serveHealth(app, context);
  serveAssets(app);
  for (const mount of rooms) mount(app);
  return app;
}
