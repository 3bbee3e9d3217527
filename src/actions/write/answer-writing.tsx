import type { FastifyReply } from 'fastify';
import type { Alert } from '../../alerts/index.js';
import { answerPage } from '../../design/index.js';
import type { Language, MessageKey } from '../../language/index.js';
import type { ActionServices } from '../action-services.js';
import { referenceTo, siteFor } from '../alert-of-request.js';
import type { StatedPlace, Whom } from '../place/find-whom.js';
import { makeChallenge } from '../submit/proof-of-work.js';
import { mintFormToken } from './form-token.js';
import { suggestLetters } from './suggest-letters.js';
import { viewWriting } from './view-writing.js';
import { WritePage } from './write-page.js';

/** A request that is on its way through the steps of an alert. */
export interface Step {
  readonly services: ActionServices;
  readonly alert: Alert;
  readonly language: Language;
}

interface Found {
  readonly whom: Whom;
  readonly place: StatedPlace;
  /** What must be said about how the place was found. */
  readonly note?: MessageKey | undefined;
}

/** Answers with the second step, filled with what the alert suggests. */
export async function answerWriting(reply: FastifyReply, step: Step, found: Found): Promise<FastifyReply> {
  const { services, alert, language } = step;
  const { whom, place, note } = found;
  const { context, organisation, desk } = services;
  const token = mintFormToken(context, alert.alertId);
  const weather = await desk.weather.now();
  const challenge = weather.proofNeeded ? await makeChallenge(context, token.idempotencyKey) : undefined;
  const suggestion = suggestLetters({
    alert,
    organisation,
    officeholders: whom.officeholders,
    place: whom.place,
  });
  const view = viewWriting({ alert, whom, suggestion, place, token, challenge, placeNote: note });
  const frame = { language, site: siteFor(services, alert), alert: referenceTo(alert) };
  return answerPage(reply, <WritePage {...frame} {...view} problems={[]} />);
}
