import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Alert } from '../alerts/index.js';
import { keepsMail, mayLeave } from '../delivery/index.js';
import { answerPage } from '../design/index.js';
import { AppError, type FieldProblem } from '../errors.js';
import type { Language } from '../language/index.js';
import type { ActionServices } from './action-services.js';
import {
  type AlertRoute,
  formOf,
  openAlertOf,
  pageLanguage,
  referenceTo,
  siteFor,
} from './alert-of-request.js';
import { makeToken } from './confirm/link-token.js';
import { findWhom, type StatedPlace, type Whom } from './place/find-whom.js';
import { placeOfForm } from './place/stated-place.js';
import { CheckMailPage } from './submit/check-mail-page.js';
import { networkOf } from './submit/network.js';
import { makeChallenge } from './submit/proof-of-work.js';
import type { SubmitRequest } from './submit/submission.js';
import type { SubmitOutcome } from './submit/submit.js';
import { submitLetters } from './submit/submit-letters.js';
import { checkFormToken, mintFormToken } from './write/form-token.js';
import { draftsOf, fieldOf, type PostedForm, supporterOf } from './write/letter-form.js';
import { suggestLetters } from './write/suggest-letters.js';
import { kindOf, viewWriting } from './write/view-writing.js';
import { WritePage } from './write/write-page.js';

const UNCONFIRMED_DAYS = 7;
/** The refusals after which the form comes back as it was, with a word on what to do. */
const COMES_BACK: ReadonlySet<string> = new Set([
  'invalid_input',
  'proof_needed',
  'forbidden',
  'overloaded',
  'unavailable',
  'rate_limited',
  'idempotency_mismatch',
]);

/** `POST /alerts/:slug/actions`: takes the letters, and says where the confirmation goes. */
export function actionRoutes(app: FastifyInstance, services: ActionServices): void {
  app.get<AlertRoute>('/alerts/:slug/actions', async ({ params }, reply) =>
    reply.redirect(`/alerts/${params.slug}#act`, 303),
  );
  app.post<AlertRoute>('/alerts/:slug/actions', async (request, reply) => {
    const alert = await openAlertOf(services, request.params.slug);
    const form = formOf(request.body);
    const language = pageLanguage(request.query.language, alert);
    const place = placeOfForm(form);
    const whom = findWhom(services, alert, place);
    if (whom.representation.status !== 'found') return reply.redirect(`/alerts/${alert.slug}#act`, 303);
    const posted = { services, alert, language, form, place, whom };
    try {
      return answerTaken(reply, posted, await take(posted, request.ip));
    } catch (error) {
      if (error instanceof AppError && COMES_BACK.has(error.code)) return answerAgain(reply, posted, error);
      throw error;
    }
  });
}

interface Posted {
  readonly services: ActionServices;
  readonly alert: Alert;
  readonly language: Language;
  readonly form: PostedForm;
  readonly place: StatedPlace;
  readonly whom: Whom;
}

async function take({ services, alert, language, form, whom }: Posted, ip: string): Promise<SubmitOutcome> {
  const idempotencyKey = fieldOf(form, 'key');
  checkFormToken(services.context, alert.alertId, { idempotencyKey, token: fieldOf(form, 'token') });
  const letters = draftsOf(form, whom.offices.size);
  const request: SubmitRequest = {
    kind: kindOf(letters.flatMap(({ officeholderId }) => whom.offices.get(officeholderId) ?? [])),
    supporter: supporterOf(form, whom.place),
    letters,
    divisions: whom.divisions,
    consent: fieldOf(form, 'consent') !== '',
    language: language.tag,
    idempotencyKey,
    network: networkOf(ip),
  };
  const { organisation } = services;
  const suggestion = suggestLetters({
    alert,
    organisation,
    officeholders: whom.officeholders,
    place: whom.place,
  });
  return submitLetters(services, { alert, whom, suggestion, request, solution: fieldOf(form, 'altcha') });
}

function answerTaken(reply: FastifyReply, posted: Posted, outcome: SubmitOutcome): FastifyReply {
  const { services, alert, language, form } = posted;
  const { context, organisation } = services;
  if (outcome.kind === 'by_hand') {
    const target = { organisationId: organisation.organisationId, actionId: outcome.actionId };
    return reply.redirect(`/receipts/${makeToken(context, 'receipt', target)}`, 303);
  }
  const outbox = keepsMail(context.config) && !mayLeave(context.config, fieldOf(form, 'email'));
  const page = (
    <CheckMailPage
      language={language}
      site={services.site()}
      alert={referenceTo(alert)}
      from={context.config.mail.from}
      mail={outbox ? 'outbox' : outcome.mailLaterAt === undefined ? 'now' : 'later'}
      laterAt={outcome.mailLaterAt}
      days={{ unconfirmed: UNCONFIRMED_DAYS }}
      draftName={alert.alertId}
    />
  );
  return answerPage(reply, page, 202);
}

async function answerAgain(reply: FastifyReply, posted: Posted, error: AppError): Promise<FastifyReply> {
  const { services, alert, language, form, place, whom } = posted;
  const { context, organisation, desk } = services;
  const sameKey =
    error.code === 'invalid_input' || error.code === 'overloaded' || error.code === 'unavailable';
  const token = sameKey
    ? { idempotencyKey: fieldOf(form, 'key'), token: fieldOf(form, 'token') }
    : mintFormToken(context, alert.alertId);
  const weather = await desk.weather.now().catch(() => undefined);
  const challenge = weather?.proofNeeded ? await makeChallenge(context, token.idempotencyKey) : undefined;
  const suggestion = suggestLetters({
    alert,
    organisation,
    officeholders: whom.officeholders,
    place: whom.place,
  });
  const view = viewWriting({ alert, whom, suggestion, place, token, challenge, form });
  const problems: readonly FieldProblem[] =
    error.fields.length > 0 ? error.fields : [{ field: 'send', key: error.key ?? `errors.${error.code}` }];
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  const frame = { language, site: siteFor(services, alert), alert: referenceTo(alert) };
  return answerPage(reply, <WritePage {...frame} {...view} problems={problems} />, error.status);
}
