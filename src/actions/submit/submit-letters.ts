import type { Alert } from '../../alerts/index.js';
import type { ActionServices } from '../action-services.js';
import type { Whom } from '../place/find-whom.js';
import { campaignFactsOf } from '../write/campaign-facts.js';
import type { Suggestion } from '../write/suggest-letters.js';
import type { SubmitRequest } from './submission.js';
import { type SubmitOutcome, submitAction } from './submit.js';

interface Letters {
  readonly alert: Alert;
  readonly whom: Whom;
  /** What the alert suggested, against which own words are counted. */
  readonly suggestion: Suggestion;
  readonly request: SubmitRequest;
  /** An altcha solution, where there is one. */
  readonly solution: string;
}

/** Takes the letters of a form or of the API against the alert as it stands now. Errors as `submitAction`. */
export async function submitLetters(services: ActionServices, letters: Letters): Promise<SubmitOutcome> {
  const { context, organisation, desk } = services;
  const { alert, whom, suggestion, request, solution } = letters;
  const key = await context.keyring.key(organisation.organisationId, alert.keyId);
  const template = (id: string): { statement: string; message: string } =>
    suggestion.whole.get(id) ?? { statement: '', message: '' };
  const campaign = campaignFactsOf(alert, context.config.url);
  const ground = { context, organisation, alert, key, campaign, offices: whom.offices, template };
  return submitAction(desk, { ground, request, most: alert.content.ask.maximum, solution });
}
