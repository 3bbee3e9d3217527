import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { allowPosition, formOf, placeOfForm } from '../actions/index.js';
import type { Context } from '../context.js';
import {
  answerCompressed,
  answerPage,
  compress,
  PageShelf,
  renderPage,
  type ViewSite,
} from '../design/index.js';
import { AppError, type FieldProblem } from '../errors.js';
import { type Language, language, languageTags } from '../language/index.js';
import type { Legislatures, Snapshot } from '../legislatures/index.js';
import { answerPlace } from './answer-place.js';
import { DivisionPage } from './division-page.js';
import { setPath } from './paths.js';
import { SetPage } from './set-page.js';
import { viewDivision } from './view-division.js';
import { viewSet } from './view-set.js';
import { AnswerPage, WhoPage } from './who-page.js';

const PAGE_QUALITY = 6;
const ASK_AGAIN = 'no-cache';

export interface BrowseServices {
  readonly context: Context;
  readonly organisation: { readonly organisationId: number; readonly language: string };
  readonly legislatures: Legislatures;
  readonly site: ViewSite;
}

interface BrowseRoute {
  Params: { set: string; '*': string };
  Querystring: { language?: string };
  Body: unknown;
}

/** Who represents whom, to look through: by place, by legislature, by division. All but an answer is the same for everybody. */
export function browseRoutes(app: FastifyInstance, services: BrowseServices): void {
  const { context, legislatures } = services;
  const shelf = new PageShelf();
  const serve = async (request: FastifyRequest<BrowseRoute>, reply: FastifyReply, page: Shelved) => {
    const tongue = chooseLanguage(services, request);
    const render = async () =>
      compress('text/html; charset=utf-8', renderPage(await page.render(tongue)), PAGE_QUALITY);
    const body = await shelf.take(`${page.name} ${tongue.tag}`, render, page.of);
    return answerCompressed(request, reply, { body, cacheControl: ASK_AGAIN });
  };
  app.get<BrowseRoute>('/who', async (request, reply) => {
    if (context.config.devicePosition) allowPosition(reply);
    const render = async (tongue: Language) => whoPage(services, tongue, { problems: [], postcode: '' });
    return serve(request, reply, { name: '/', of: undefined, render });
  });
  app.post<BrowseRoute>('/who', async (request, reply) => answerWho(services, request, reply));
  app.get<BrowseRoute>('/who/:set', async (request, reply) => {
    const snapshot = snapshotOf(legislatures, request.params.set);
    const render = async (tongue: Language) => (
      <SetPage
        language={tongue}
        site={services.site()}
        snapshot={snapshot}
        now={context.clock.now()}
        {...viewSet(snapshot, tongue)}
      />
    );
    return serve(request, reply, { name: snapshot.set.id, of: snapshot, render });
  });
  app.get<BrowseRoute>('/who/:set/*', async (request, reply) => {
    const snapshot = snapshotOf(legislatures, request.params.set);
    const residence = snapshot.residenceOf.get(request.params['*']);
    if (residence === undefined) throw new AppError('not_found');
    const render = async (tongue: Language) => {
      const view = await viewDivision({ ...services, snapshot, language: tongue }, residence);
      return <DivisionPage site={services.site()} {...view} />;
    };
    return serve(request, reply, {
      name: `${snapshot.set.id} ${residence.division.id}`,
      of: snapshot,
      render,
    });
  });
}

interface Shelved {
  readonly name: string;
  readonly of: Snapshot | undefined;
  readonly render: (tongue: Language) => Promise<VNode>;
}

function chooseLanguage(services: BrowseServices, { query }: FastifyRequest<BrowseRoute>): Language {
  const asked = query.language;
  const known = asked !== undefined && languageTags.includes(asked);
  return language(known ? asked : services.organisation.language);
}

function snapshotOf(legislatures: Legislatures, id: string): Snapshot {
  const snapshot = legislatures.list().find(({ set }) => set.id === id);
  if (snapshot === undefined) throw new AppError('not_found');
  return snapshot;
}

function answerWho(
  services: BrowseServices,
  request: FastifyRequest<BrowseRoute>,
  reply: FastifyReply,
): FastifyReply {
  const tongue = chooseLanguage(services, request);
  const place = placeOfForm(formOf(request.body));
  const { uses, ...answer } = answerPlace(services, place, tongue);
  if (uses.length > 0)
    return answerPage(reply, <AnswerPage language={tongue} site={services.site(uses)} {...answer} />);
  const named = [place.postcode, place.division].some((text) => (text ?? '').trim() !== '') || place.at;
  const key = named ? 'actions.error.place_unknown' : 'actions.error.place_missing';
  if (services.context.config.devicePosition) allowPosition(reply);
  const given = { problems: [{ field: 'postcode', key } as const], postcode: place.postcode ?? '' };
  return answerPage(reply, whoPage(services, tongue, given), 400);
}

interface Given {
  readonly problems: readonly FieldProblem[];
  readonly postcode: string;
}

function whoPage(
  { context, legislatures, site }: BrowseServices,
  tongue: Language,
  { problems, postcode }: Given,
): VNode {
  const snapshots = legislatures.list();
  const examples = snapshots.map(({ set }) => set.postcodes).filter(({ entries }) => entries.size > 0);
  const panel = {
    language: tongue,
    action: '/who',
    postcodeExample: examples[0]?.example,
    takesAddress: false,
    districts: [],
    values: { postcode },
    problems,
  };
  return (
    <WhoPage
      language={tongue}
      site={site()}
      panel={panel}
      takesPosition={context.config.devicePosition}
      sets={snapshots.map(({ set }) => ({ name: set.name, href: setPath(set.id) }))}
    />
  );
}
