import type { FastifyInstance } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { Context } from '../context.js';
import {
  answerCompressed,
  type CompressedBody,
  compress,
  PageShelf,
  renderPage,
  type ViewSite,
} from '../design/index.js';
import { AppError } from '../errors.js';
import { type Language, language, languageTags } from '../language/index.js';
import { AlertPage } from './alert-page.js';
import type { Alert } from './alert-shelf.js';
import { AlertsPage } from './alerts-page.js';
import { shownEnd } from './closing-time.js';
import { findAlert, findPicture, isOpen, listAlerts } from './find-alerts.js';
import { viewAlert } from './view-alert.js';

const PAGE_QUALITY = 6;
const ASK_AGAIN = 'no-cache';
const CACHED_FOR_A_YEAR = 'public, max-age=31536000, immutable';

/** What the alert's pages need from other rooms. */
export interface AlertServices {
  readonly context: Context;
  readonly organisation: {
    readonly organisationId: number;
    readonly name: string;
    readonly language: string;
  };
  readonly site: ViewSite;
  /** The first step of the action, where the alert asks. */
  readonly panel: (alert: Alert, language: Language) => ComponentChildren;
  readonly counts: (alert: Alert) => Promise<{ readonly confirmed: number; readonly selfReported: number }>;
  /** The name of a chamber (id or role) or an officeholder of an alert's legislature. */
  readonly nameOf: (alert: Alert, id: string) => string;
}

interface PageRoute {
  Params: { slug: string };
  Querystring: { language?: string };
}

/** The front page, an alert, and the pictures of its report: the same for everybody, kept as bytes. */
export function alertRoutes(app: FastifyInstance, services: AlertServices): void {
  const { context, organisation } = services;
  const { organisationId } = organisation;
  const pages = new PageShelf();
  app.get<PageRoute>('/', async (request, reply) => {
    const page = choose(request.query.language, organisation.language);
    const body = await pages.take(`/ ${page.tag}`, () => renderFront(services, page));
    return answerCompressed(request, reply, { body, cacheControl: ASK_AGAIN });
  });
  app.get<PageRoute>('/alerts/:slug', async (request, reply) => {
    const alert = await findAlert(context, { organisationId, slug: request.params.slug });
    if (alert === undefined) throw new AppError('not_found');
    const page = choose(request.query.language, alert.language);
    const body = await pages.take(
      `${alert.slug} ${page.tag}`,
      () => renderAlert(services, alert, page),
      alert,
    );
    return answerCompressed(request, reply, { body, cacheControl: ASK_AGAIN });
  });
  app.get('/alerts', async (_request, reply) => reply.redirect('/', 301));
  app.get<{ Params: { sha256: string } }>('/pictures/:sha256', async (request, reply) => {
    const picture = await findPicture(context, { organisationId, sha256: request.params.sha256 });
    if (picture === undefined) throw new AppError('not_found');
    return reply.header('cache-control', CACHED_FOR_A_YEAR).type(picture.mediaType).send(picture.bytes);
  });
}

function choose(asked: string | undefined, fallback: string): Language {
  return language(asked !== undefined && languageTags.includes(asked) ? asked : fallback);
}

async function renderFront(
  { context, organisation, site }: AlertServices,
  page: Language,
): Promise<CompressedBody> {
  const now = context.clock.now();
  const alerts = await listAlerts(context, organisation);
  const listings = alerts.map((alert) => ({
    address: `/alerts/${alert.slug}`,
    lang: alert.language === page.tag ? undefined : alert.language,
    headline: alert.headline,
    standfirst: alert.standfirst,
    date: new Date(alert.date),
    state: isOpen(alert, now) ? ('open' as const) : ('closed' as const),
    until: shownEnd(alert.until),
  }));
  const html = renderPage(<AlertsPage language={page} site={site()} alerts={listings} />);
  return compress('text/html; charset=utf-8', html, PAGE_QUALITY);
}

async function renderAlert(services: AlertServices, alert: Alert, page: Language): Promise<CompressedBody> {
  const { context, organisation, site, panel, counts, nameOf } = services;
  const now = context.clock.now();
  const view = viewAlert({ alert, organisation, language: page, now, nameOf: (id) => nameOf(alert, id) });
  const html = renderPage(
    <AlertPage
      language={page}
      site={site([alert.content.ask.whom.legislature])}
      alert={view}
      panel={view.state === 'open' ? panel(alert, page) : undefined}
      counts={await counts(alert)}
    />,
  );
  return compress('text/html; charset=utf-8', html, PAGE_QUALITY);
}
