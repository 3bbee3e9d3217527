import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** A route as the router has it. */
export interface CollectedRoute {
  readonly method: string;
  readonly pattern: string;
  /** Why it takes unsafe requests from anywhere; most do not. */
  readonly crossOrigin: string | undefined;
}

/** Hears of every route of every server that is opened from now on, so that a test of all routes misses none. */
export function collectRoutes(): readonly CollectedRoute[] {
  const routes: CollectedRoute[] = [];
  diagnostics.subscribe('fastify.initialization', (message) => {
    if (!isInitialization(message)) throw new Error('fastify tells of its initialization in another form');
    message.fastify.addHook('onRoute', ({ method, url, config }) => {
      for (const one of [method].flat()) {
        routes.push({ method: one, pattern: url, crossOrigin: config?.crossOrigin });
      }
    });
  });
  return routes;
}

function isInitialization(message: unknown): message is { readonly fastify: FastifyInstance } {
  return typeof message === 'object' && message !== null && 'fastify' in message;
}
