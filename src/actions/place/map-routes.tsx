import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Alert } from '../../alerts/index.js';
import { answerPage } from '../../design/index.js';
import { AppError } from '../../errors.js';
import { drawOverview, nameOfDivision, type Snapshot, viewMap } from '../../legislatures/index.js';
import type { ActionServices } from '../action-services.js';
import { type AlertRoute, openAlertOf, pageLanguage, referenceTo, siteFor } from '../alert-of-request.js';
import type { Step } from '../write/answer-writing.js';
import { hasList } from './answer-list.js';
import { chambersOf } from './asked-officeholders.js';
import { snapshotOf } from './find-whom.js';
import { MapPage, type MapPanelProps } from './map-panel.js';

/** Only where the operator allows it may a page ask the browser for its position; everywhere else it is refused. */
const POSITION_ALLOWED = 'geolocation=(self), camera=(), microphone=(), interest-cohort=()';

/** The map of an alert's districts, as another first step. */
export function mapRoutes(app: FastifyInstance, services: ActionServices): void {
  app.get<AlertRoute>('/alerts/:slug/map', async ({ params, query }, reply) => {
    const alert = await openAlertOf(services, params.slug);
    const step = { services, alert, language: pageLanguage(query.language, alert) };
    const panel = hasList(alert) ? undefined : mapPanel(step, query.within);
    if (panel === undefined) throw new AppError('not_found');
    if (panel.takesPosition) allowPosition(reply);
    const page = (
      <MapPage
        language={step.language}
        site={siteFor(services, alert)}
        alert={referenceTo(alert)}
        panel={panel}
      />
    );
    return answerPage(reply, page);
  });
}

/** Lets this one page ask the browser where it is. */
export function allowPosition(reply: FastifyReply): void {
  reply.header('permissions-policy', POSITION_ALLOWED);
}

/** The path of the alert's map; undefined where the legislature has no lines to draw. */
export function mapPathOf(services: ActionServices, alert: Alert): string | undefined {
  const snapshot = snapshotOf(services.legislatures, alert);
  const drawn = snapshot.set.divisions.some(({ boundary }) => boundary !== undefined);
  return drawn ? `/alerts/${alert.slug}/map` : undefined;
}

function mapPanel({ services, alert, language }: Step, within: unknown): MapPanelProps | undefined {
  const snapshot = snapshotOf(services.legislatures, alert);
  const { whom } = alert.content.ask;
  const chambers = whom.kind === 'mine' ? chambersOf(snapshot, whom.chambers) : undefined;
  const part = typeof within === 'string' && snapshot.residenceOf.has(within) ? within : undefined;
  const picture = drawOverview(snapshot, { chambers, within: part });
  if (picture === undefined) return undefined;
  const base = `/alerts/${alert.slug}`;
  const hrefOf = (id: string, group: boolean): string =>
    group
      ? `${base}/map?within=${encodeURIComponent(id)}`
      : `${base}/place?division=${encodeURIComponent(id)}`;
  const title = titleOf(snapshot, part);
  const elsewhere = picture.elsewhere.map((id) => ({
    name: nameOfDivision(snapshot, id),
    href: hrefOf(
      id,
      picture.areas.some(({ group }) => group),
    ),
  }));
  return {
    language,
    action: `${base}/place`,
    map: viewMap(snapshot, picture, { language, title, hrefOf }),
    links: [
      ...elsewhere.sort((a, b) => language.compare(a.name, b.name)),
      ...(part === undefined ? [] : [{ name: snapshot.set.name, href: `${base}/map` }]),
    ],
    takesPosition: services.context.config.devicePosition,
    back: `${base}/place`,
  };
}

function titleOf(snapshot: Snapshot, part: string | undefined): string {
  return part === undefined ? snapshot.set.name : nameOfDivision(snapshot, part);
}
