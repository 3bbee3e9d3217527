import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { allowPosition } from '../actions/index.js';
import { answerCompressed, compress, PageShelf, renderPage } from '../design/index.js';
import { AppError } from '../errors.js';
import type { Language } from '../language/index.js';
import type { Legislatures, Snapshot } from '../legislatures/index.js';
import { type BrowseRoute, type BrowseServices, chooseLanguage } from './browse-services.js';
import { DivisionPage } from './division-page.js';
import { SetPage } from './set-page.js';
import { viewDivision } from './view-division.js';
import { viewSet } from './view-set.js';
import { whoPage, whoRoutes } from './who-routes.js';

const PAGE_QUALITY = 6;
const ASK_AGAIN = 'no-cache';

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
    const render = async (tongue: Language) => whoPage(services, tongue, { place: {}, problems: [] });
    return serve(request, reply, { name: '/', of: undefined, render });
  });
  whoRoutes(app, services);
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

function snapshotOf(legislatures: Legislatures, id: string): Snapshot {
  const snapshot = legislatures.list().find(({ set }) => set.id === id);
  if (snapshot === undefined) throw new AppError('not_found');
  return snapshot;
}
