import { type Alert, findAlert, isOpen } from '../alerts/index.js';
import type { AlertReference, SiteView } from '../design/index.js';
import { AppError } from '../errors.js';
import { type Language, language, languageTags } from '../language/index.js';
import type { ActionServices } from './action-services.js';

/** A form that was posted to a route below `/alerts/:slug`. */
export interface AlertRoute {
  Params: { slug: string };
  Querystring: { language?: string; division?: unknown; within?: unknown };
  Body: unknown;
}

/** @throws AppError `not_found`, and `gone` once the alert has closed. */
export async function openAlertOf(services: ActionServices, slug: string): Promise<Alert> {
  const { context, organisation } = services;
  const alert = await findAlert(context, { organisationId: organisation.organisationId, slug });
  if (alert === undefined) throw new AppError('not_found');
  if (!isOpen(alert, context.clock.now())) throw new AppError('gone', { key: 'actions.error.alert_closed' });
  return alert;
}

/** The page's language: the one asked for in the query, else the alert's own where it has a catalogue. */
export function pageLanguage(asked: string | undefined, alert: Alert): Language {
  return language(asked !== undefined && languageTags.includes(asked) ? asked : alert.language);
}

export function referenceTo(alert: Alert): AlertReference {
  return { headline: alert.content.headline, address: `/alerts/${alert.slug}`, lang: alert.language };
}

/** The site for a page that says who represents whom: its foot tells how old the alert's legislature is. */
export function siteFor({ site }: ActionServices, alert: Alert): SiteView {
  return site([alert.content.ask.whom.legislature]);
}

/** A posted form as a record; anything else as an empty one. */
export function formOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
}
