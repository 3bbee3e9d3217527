import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import type { SiteView } from '../design/index.js';
import { AppError } from '../errors.js';
import { language } from '../language/index.js';
import { loggable } from '../loggable-error.js';
import { renderErrorPage } from './error-page.js';
import { toAppError } from './known-errors.js';

const FIRST_SERVER_ERROR = 500;

/** Turns an error into the answer to its request. */
export type AnswerError = (request: FastifyRequest, reply: FastifyReply, error: unknown) => FastifyReply;

/** The one place where errors become answers: a problem document (RFC 9457) for the API, a page for people. */
export function openErrorAnswers({ context, site }: ErrorServices): AnswerError {
  return (request, reply, error) => {
    const known = toAppError(error);
    if (known.status >= FIRST_SERVER_ERROR && known.code !== 'overloaded') {
      const { url: route } = request.routeOptions;
      context.log.error({ route, code: known.code, cause: loggable(error) }, 'request failed');
    }
    return wantsProblemDocument(request)
      ? answerProblem(request, reply, known)
      : answerPage(reply, renderErrorPage(known, languageOf(request), site()), known);
  };
}

interface ErrorServices {
  readonly context: Context;
  readonly site: () => SiteView;
}

/** Answers what no route takes, and what a route throws. */
export function answerErrors(app: FastifyInstance, answer: AnswerError): void {
  app.setNotFoundHandler((request, reply) => answer(request, reply, new AppError('not_found')));
  app.setErrorHandler((error, request, reply) => answer(request, reply, error));
}

function prepare(reply: FastifyReply, error: AppError): FastifyReply {
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  return reply.status(error.status).header('cache-control', 'no-store');
}

function answerPage(reply: FastifyReply, html: string, error: AppError): FastifyReply {
  return prepare(reply, error).type('text/html; charset=utf-8').send(html);
}

function answerProblem(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  return prepare(reply, error)
    .type('application/problem+json')
    .send(problemDocument(error, languageOf(request)));
}

function wantsProblemDocument(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || !(request.headers.accept ?? '').includes('text/html');
}

function languageOf(request: FastifyRequest): ReturnType<typeof language> {
  const { query } = request;
  const tag = typeof query === 'object' && query !== null && 'language' in query ? query.language : undefined;
  return language(typeof tag === 'string' ? tag : 'en');
}

function problemDocument(error: AppError, { t }: ReturnType<typeof language>): string {
  return JSON.stringify({
    type: `urn:redress:error:${error.code}`,
    title: t(error.key ?? `errors.${error.code}`, error.params),
    status: error.status,
    code: error.code,
    ...(error.fields.length > 0 && {
      errors: error.fields.map(({ field, key, params }) => ({ field, message: t(key, params) })),
    }),
  });
}
