import type { FastifyInstance } from 'fastify';
import { h } from 'preact';
import { findOrganisation } from './accounts/index.js';
import {
  type ActionServices,
  actionApiRoutes,
  actionRoutes,
  confirmationRoutes,
  countActions,
  mailRenderer,
  openSubmitDesk,
  PlacePanel,
  placePanel,
  placeRoutes,
  receiptRoutes,
  snapshotOf,
} from './actions/index.js';
import { type Alert, type AlertServices, alertRoutes } from './alerts/index.js';
import { deliveryRoutes, startWorker } from './delivery/index.js';
import { openApp } from './http/index.js';
import { officeholderRoutes, openLegislatures } from './legislatures/index.js';
import type { OpenedContext } from './open-context.js';
import { siteView } from './site.js';
import { startUpkeep } from './upkeep/index.js';

/** The whole server of one process: pages, API, and, unless it is switched off, the worker. */
export interface Server {
  readonly app: FastifyInstance;
  /** Stops taking requests, finishes what was taken, and lets what is being sent end. */
  stop(): Promise<void>;
}

/** Builds everything on an open context. It does not listen yet. */
export async function openServer(context: OpenedContext): Promise<Server> {
  const organisation = await findOrganisation(context);
  const legislatures = await openLegislatures(context);
  const desk = openSubmitDesk(context);
  const site = () => siteView(context, organisation, legislatures);
  const services: ActionServices = { context, organisation, legislatures, desk, site };
  const app = await openApp({ context, site }, [
    (server) => alertRoutes(server, alertServices(services)),
    (server) => placeRoutes(server, services),
    (server) => actionRoutes(server, services),
    (server) => actionApiRoutes(server, services),
    (server) => confirmationRoutes(server, services),
    (server) => receiptRoutes(server, services),
    (server) => deliveryRoutes(server, services),
    (server) => officeholderRoutes(server, services),
  ]);
  const stopWork = context.config.worker
    ? await startWork(context, mailRenderer({ context, organisation }))
    : undefined;
  return {
    app,
    async stop() {
      // Together: a visitor who reads slowly must not take the time in which what is being sent can end.
      await Promise.all([app.close().then(() => desk[Symbol.asyncDispose]()), stopWork?.()]);
      await legislatures[Symbol.asyncDispose]();
    },
  };
}

/** Starts a worker and the upkeep; answers how to stop them. */
export async function startWork(
  context: OpenedContext,
  renderMail: ReturnType<typeof mailRenderer>,
): Promise<() => Promise<void>> {
  const worker = startWorker(context, { renderMail });
  const upkeep = await startUpkeep(context);
  return async () => {
    await Promise.all([worker.stop(), upkeep.stop()]);
  };
}

function alertServices(services: ActionServices): AlertServices {
  const { context, organisation, legislatures, site } = services;
  return {
    context,
    organisation,
    site,
    panel: (alert, language) =>
      h(PlacePanel, placePanel(services, { alert, language, place: {}, problems: [], wholeList: false })),
    counts: (alert) => countActions(context, alert),
    nameOf: (alert: Alert, id) => {
      const { set, officeholders } = snapshotOf(legislatures, alert);
      const chamber = set.chambers.find((candidate) => candidate.id === id || candidate.role === id);
      return chamber?.name ?? officeholders.get(id)?.name ?? id;
    },
  };
}
