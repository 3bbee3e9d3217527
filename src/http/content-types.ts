import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.js';

const API = /^\/api\//;
const JSON_TYPE = /^application\/json *(;|$)/i;

/** Pages take forms, the API takes JSON alone: no form of another site can send that without being asked first. */
export function limitContentTypes(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type'];
    const taken = type === undefined || !API.test(request.routeOptions.url ?? '') || JSON_TYPE.test(type);
    done(taken ? undefined : new AppError('unsupported_media_type'));
  });
}
