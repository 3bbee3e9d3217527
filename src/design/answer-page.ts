import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderPage } from './render.js';

/** Answers with a page that is one person's alone: no cache keeps it. */
export function answerPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(renderPage(page));
}
