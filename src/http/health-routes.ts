import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';

const READY_WITHIN_MS = 2000;

/** `/healthz`: the process lives. `/readyz`: it can serve, that is, the database answers. */
export function serveHealth(app: FastifyInstance, context: Context): void {
  app.get('/healthz', async (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    await Promise.race([context.pool.query('select 1'), failAfter(READY_WITHIN_MS)]);
    return reply.type('text/plain').header('cache-control', 'no-store').send('ready\n');
  });
}

function failAfter(milliseconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new AppError('unavailable')), milliseconds).unref();
  });
}
