import type { FastifyReply } from 'fastify';

/** Aborts when whoever asked has gone, so that nobody goes on looking for them. */
export function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
