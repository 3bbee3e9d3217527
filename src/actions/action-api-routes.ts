import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Alert } from '../alerts/index.js';
import { keepsMail, mayLeave } from '../delivery/index.js';
import { AppError, type FieldProblem } from '../errors.js';
import type { ActionServices } from './action-services.js';
import { openAlertOf } from './alert-of-request.js';
import { makeToken } from './confirm/link-token.js';
import { findWhom, type StatedPlace, type Whom } from './place/find-whom.js';
import { ActionBody, ActionTaken } from './submit/action-body.js';
import { networkOf } from './submit/network.js';
import { makeChallenge } from './submit/proof-of-work.js';
import type { LetterDraft, SubmitRequest } from './submit/submission.js';
import type { SubmitOutcome } from './submit/submit.js';
import { submitLetters } from './submit/submit-letters.js';
import { SUPPORTER_NAMES, supporterOfBody } from './submit/supporter-of-body.js';
import { type Suggestion, suggestLetters } from './write/suggest-letters.js';
import { kindOf } from './write/view-writing.js';

const KEY_PATTERN = /^[A-Za-z0-9_.:-]{8,255}$/;

interface KeyHeader {
  'idempotency-key'?: string;
}

interface ActionApiRoute {
  Params: { slug: string };
  Headers: KeyHeader;
  Body: ActionBody;
}

/** `POST /api/v1/alerts/:slug/actions`: the same as the form, as JSON. 202 once it is durable. */
export function actionApiRoutes(app: FastifyInstance, services: ActionServices): void {
  const { context } = services;
  app.post<ActionApiRoute>(
    '/api/v1/alerts/:slug/actions',
    {
      schema: { body: ActionBody, response: { 202: ActionTaken } },
      config: { crossOrigin: 'json without credentials' },
    },
    async (request, reply) => {
      const alert = await openAlertOf(services, request.params.slug);
      const whom = findWhom(services, alert, request.body.place satisfies StatedPlace);
      if (whom.representation.status !== 'found') refusePlace(whom.representation.status);
      return reply.status(202).send(await take(services, request, { alert, whom }));
    },
  );
  app.get<{ Headers: KeyHeader }>('/api/v1/challenge', async (request, reply) => {
    const challenge = await makeChallenge(context, keyOf(request.headers));
    return reply.header('cache-control', 'no-store').type('application/json').send(challenge);
  });
}

function keyOf({ 'idempotency-key': key = '' }: KeyHeader): string {
  if (KEY_PATTERN.test(key)) return key;
  throw new AppError('invalid_input', {
    fields: [{ field: 'Idempotency-Key', key: 'actions.error.key_missing' }],
  });
}

async function take(
  services: ActionServices,
  { body, headers, ip }: FastifyRequest<ActionApiRoute>,
  { alert, whom }: { alert: Alert; whom: Whom },
): Promise<ActionTaken> {
  const { officeholders, place } = whom;
  const { organisation } = services;
  const suggestion = suggestLetters({ alert, organisation, officeholders, place });
  const letters = draftsOf(body, suggestion);
  const request: SubmitRequest = {
    kind: kindOf(letters.flatMap(({ officeholderId }) => whom.offices.get(officeholderId) ?? [])),
    supporter: supporterOfBody(body.supporter, place),
    letters,
    divisions: whom.divisions,
    consent: body.consent,
    language: alert.language,
    idempotencyKey: keyOf(headers),
    network: networkOf(ip),
    asked: JSON.stringify({ ...body, proof: undefined }),
  };
  const submit = { alert, whom, suggestion, request, solution: body.proof ?? '' };
  const outcome = await submitLetters(services, submit).catch(inJsonNames);
  return answerOf(services, request, outcome);
}

function answerOf(
  { context, organisation }: ActionServices,
  { kind, supporter }: SubmitRequest,
  { actionId, mailLaterAt }: SubmitOutcome,
): ActionTaken {
  if (kind === 'by_hand') {
    const token = makeToken(context, 'receipt', { organisationId: organisation.organisationId, actionId });
    return { status: 'hand_over', receipt: `${context.config.url}/receipts/${token}` };
  }
  if (keepsMail(context.config) && !mayLeave(context.config, supporter.email)) {
    return { status: 'check_mail', mail: 'outbox' };
  }
  if (mailLaterAt === undefined) return { status: 'check_mail', mail: 'now' };
  return { status: 'check_mail', mail: 'later', mailLaterAt: mailLaterAt.toISOString() };
}

function refusePlace(status: 'choose' | 'none'): never {
  const key = status === 'choose' ? 'actions.error.place_ambiguous' : 'actions.error.place_unknown';
  throw new AppError('invalid_input', { fields: [{ field: 'place', key }] });
}

function draftsOf(body: ActionBody, suggestion: Suggestion): LetterDraft[] {
  const { letter = {}, letters = {}, officeholders = [...suggestion.whole.keys()] } = body;
  return officeholders.map((officeholderId) => {
    const own = Object.hasOwn(letters, officeholderId) ? (letters[officeholderId] ?? {}) : {};
    const suggested = suggestion.whole.get(officeholderId);
    const suffix = Object.hasOwn(letters, officeholderId) ? `.${officeholderId}` : '';
    const part = (name: 'subject' | 'statement' | 'message'): string =>
      own[name] ?? letter[name] ?? suggested?.[name] ?? '';
    return {
      officeholderId,
      subject: part('subject'),
      statement: part('statement'),
      message: part('message'),
      suffixes: { subject: suffix, statement: suffix, message: suffix },
    };
  });
}

const JSON_NAMES: Readonly<Record<string, string>> = { ...SUPPORTER_NAMES, to: 'officeholders' };

// The form's names of fields, as the JSON has them.
function inJsonNames(error: unknown): never {
  if (!(error instanceof AppError) || error.fields.length === 0) throw error;
  const fields: FieldProblem[] = error.fields.map((problem) => ({
    ...problem,
    field: jsonName(problem.field),
  }));
  throw new AppError(error.code, { fields, cause: error });
}

function jsonName(field: string): string {
  const [, part, id] = /^(subject|statement|message)(?:\.(.*))?$/.exec(field) ?? [];
  if (part !== undefined) return id === undefined ? `letter.${part}` : `letters.${id}.${part}`;
  return JSON_NAMES[field] ?? field;
}
