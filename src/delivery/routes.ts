import type { FastifyInstance } from 'fastify';
import { letterVerifyRoutes } from './letter-verify-routes.js';
import { type DeliveryServices, outboxRoutes } from './outbox-routes.js';

/** The routes of this room: the outbox, and the page on which an office verifies a letter. */
export function deliveryRoutes(app: FastifyInstance, services: DeliveryServices): void {
  outboxRoutes(app, services);
  letterVerifyRoutes(app, services);
}
