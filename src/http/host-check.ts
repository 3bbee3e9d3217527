import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.js';

/** Health checks come by address, from a load balancer that knows no name. */
const ANY_HOST_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** Answers 421 for a Host that is not ours: links and tokens are made for one origin only. */
export function guardHost(app: FastifyInstance, url: string): void {
  const known = new URL(url);
  const hosts = new Set([known.host]);
  if (known.hostname === '127.0.0.1' || known.hostname === '[::1]') hosts.add(`localhost:${known.port}`);
  if (known.hostname === 'localhost') hosts.add(`127.0.0.1:${known.port}`);
  app.addHook('onRequest', (request, _reply, done) => {
    const ours = hosts.has(request.headers.host ?? '') || ANY_HOST_PATHS.has(request.routeOptions.url ?? '');
    done(ours ? undefined : new AppError('misdirected'));
  });
}
