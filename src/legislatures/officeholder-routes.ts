import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '../context.js';
import { findRepresentation, parsePlace } from './find-representation.js';
import type { Legislatures } from './legislatures.js';
import { Representation } from './representation.js';

const LONGEST_VALUE = 200;

const Query = Type.Object({
  country: Type.Optional(
    Type.String({ maxLength: LONGEST_VALUE, description: 'Country code, such as us, or set id' }),
  ),
  postcode: Type.Optional(Type.String({ maxLength: LONGEST_VALUE })),
  at: Type.Optional(Type.String({ maxLength: LONGEST_VALUE, description: 'LATITUDE,LONGITUDE in degrees' })),
  division: Type.Optional(
    Type.String({ maxLength: LONGEST_VALUE, description: 'Open Civic Data division id' }),
  ),
});

interface OfficeholderServices {
  readonly context: Pick<Context, 'clock'>;
  readonly legislatures: Legislatures;
}

/** `GET /api/v1/officeholders`: who represents a place. For tools; the pages send a place by POST. */
export function officeholderRoutes(
  app: FastifyInstance,
  { context, legislatures }: OfficeholderServices,
): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/api/v1/officeholders',
    {
      schema: {
        summary: 'Who represents a place',
        description: 'Give exactly one of postcode, at and division.',
        querystring: Query,
        response: { 200: Representation },
      },
    },
    async ({ query }, reply) => {
      reply.header('cache-control', 'no-store');
      return findRepresentation(legislatures, {
        place: parsePlace(query),
        country: query.country,
        now: context.clock.now(),
      });
    },
  );
}
