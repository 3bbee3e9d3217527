import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';

const MS_PER_SECOND = 1000;

/**
 * Logs each request by its route's pattern: never the address, which may hold a token, nor what was sent. Where
 * nobody reads the times they are not taken: for a page that lies ready they are a tenth of the work.
 */
export function observeRequests(app: FastifyInstance, { config, log, metrics }: Context): void {
  const timed = config.metricsPort !== undefined;
  if (!timed && !log.isLevelEnabled('debug')) return;
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    if (timed)
      metrics.requests.observe({ method, route, status: String(status) }, elapsedTime / MS_PER_SECOND);
    log.debug({ method, route, status, ms: Math.round(elapsedTime) }, 'request');
    done();
  });
}
