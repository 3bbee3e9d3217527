import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { SimulatorRecords } from '../simulator-records.js';
import type { Received } from './received.js';
import { type View, viewMessage, viewTallies } from './record-view.js';

const USUAL_LIMIT = 1000;
const MOST = 100_000;

const Query = Type.Object({
  office: Type.Optional(Type.String()),
  id: Type.Optional(Type.String()),
  after: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
  limit: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
});

interface Shown {
  readonly records: SimulatorRecords;
  /** The words of a letter; absent where nobody is to read them over HTTP. */
  readonly textOf: ((message: Received) => Promise<unknown>) | undefined;
}

/** `GET /received?office=&id=&after=&limit=`: what came, oldest first, and how each office answered. */
export function serveReceived(app: FastifyInstance, { records, textOf }: Shown): void {
  const view: View = { texts: textOf !== undefined };
  app.get('/received', async (request, reply) => {
    const { query } = request;
    if (!Value.Check(Query, query))
      return reply.status(400).send({ error: 'after and limit are whole numbers; office and id are texts.' });
    const { office, id, after = 0, limit = USUAL_LIMIT } = query;
    const found = records
      .received({ office, id })
      .filter((message) => message.number > Number(after))
      .slice(0, Math.min(Number(limit), MOST));
    const messages = await Promise.all(
      found.map(async (message) => ({
        ...viewMessage(message, view),
        ...(textOf && { text: await textOf(message) }),
      })),
    );
    return { total: records.total, offices: viewTallies(records.tallies(), view), messages };
  });
}
