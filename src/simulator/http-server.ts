import Fastify, { type FastifyInstance } from 'fastify';

const MOST_BODY_BYTES = 2 * 1024 * 1024;
const OUR_HOSTS = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/;

/** The HTTP server of the simulator, without routes. It does not listen yet. */
export function openHttpServer(): FastifyInstance {
  const app = Fastify({
    bodyLimit: MOST_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    logger: false,
  });
  // A page elsewhere could otherwise reach it under a name that it points here.
  app.addHook('onRequest', async (request, reply) => {
    if (!OUR_HOSTS.test(request.headers.host ?? ''))
      return reply.status(421).send({ error: 'The simulator answers on this computer only.' });
    return undefined;
  });
  return app;
}
