import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics } from 'prom-client';
import type { Context } from './context.js';
import { measureQueue } from './delivery/index.js';

/** Serves Prometheus metrics on a port of their own, on loopback; off unless a port is set. */
export async function serveMetrics(context: Context): Promise<{ close(): Promise<void> } | undefined> {
  const { metricsPort } = context.config;
  if (metricsPort === undefined) return undefined;
  const { registry } = context.metrics;
  collectDefaultMetrics({ register: registry });
  const server: Server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    // Without the database, all that is counted here is still told.
    const measured = measureQueue(context).catch((error: unknown) =>
      context.log.warn({ err: error }, 'the queue could not be measured'),
    );
    measured
      .then(() => registry.metrics())
      .then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
  });
  server.listen(metricsPort, '127.0.0.1');
  await once(server, 'listening');
  return {
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
