import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Why a route takes unsafe requests from anywhere: its only credential is in the path, or it has none
     * and takes JSON alone. Such a request can do nothing that its sender could not do from a terminal.
     */
    crossOrigin?: 'path token' | 'json without credentials';
  }
}

/**
 * Refuses unsafe requests that a browser sent from another site (OWASP: Fetch Metadata, then Origin). No page
 * sets a cookie, so this guards people from having a form posted in their name, not a session.
 */
export function guardOrigin(app: FastifyInstance, ownOrigin: string): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const allowed =
      SAFE_METHODS.has(request.method) ||
      request.routeOptions.config.crossOrigin !== undefined ||
      comesFromHere(request, ownOrigin);
    done(allowed ? undefined : new AppError('forbidden'));
  });
}

function comesFromHere(request: FastifyRequest, ownOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return request.headers.origin === ownOrigin;
}
