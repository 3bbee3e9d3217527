import type { FastifyInstance } from 'fastify';
import { findOrganisation } from './accounts/index.js';
import {
  type ActionServices,
  actionApiRoutes,
  actionRoutes,
  confirmationRoutes,
  countActions,
  firstStep,
  mailRenderer,
  mapRoutes,
  openAddressDesk,
  openSubmitDesk,
  placeRoutes,
  receiptRoutes,
  snapshotOf,
  stopLettersOfLeavers,
} from './actions/index.js';
import { type Alert, type AlertServices, alertRoutes } from './alerts/index.js';
import { browseRoutes } from './browse/index.js';
import {
  type CwcDirectory,
  deliveryRoutes,
  openOfficeRoutes,
  startIntake,
  startWorker,
} from './delivery/index.js';
import type { ViewSite } from './design/index.js';
import { openApp } from './http/index.js';
import {
  type Legislatures,
  officeholderRoutes,
  openGeocoder,
  openLegislatures,
} from './legislatures/index.js';
import type { OpenedContext } from './open-context.js';
import { siteView } from './site.js';
import { startUpkeep } from './upkeep/index.js';

/** The whole server of one process: pages, API, and, unless it is switched off, the worker. */
export interface Server {
  readonly app: FastifyInstance;
  readonly legislatures: Legislatures;
  /** Stops taking requests, finishes what was taken, and lets what is being sent end. */
  stop(): Promise<void>;
}

/** Builds everything on an open context. It does not listen yet. */
export async function openServer(context: OpenedContext): Promise<Server> {
  const organisation = await findOrganisation(context);
  const legislatures = await openLegislatures(context);
  const desk = openSubmitDesk(context);
  const site: ViewSite = (uses) => siteView({ context, organisation, legislatures }, uses);
  const addresses = openAddressDesk(context, openGeocoder(context));
  const routes = await openOfficeRoutes(context);
  const { officeRoutes } = routes;
  const services: ActionServices = {
    context,
    organisation,
    legislatures,
    addresses,
    officeRoutes,
    desk,
    site,
  };
  const app = await openApp({ context, site }, [
    (server) => alertRoutes(server, alertServices(services)),
    (server) => browseRoutes(server, services),
    (server) => placeRoutes(server, services),
    (server) => mapRoutes(server, services),
    (server) => actionRoutes(server, services),
    (server) => actionApiRoutes(server, services),
    (server) => confirmationRoutes(server, services),
    (server) => receiptRoutes(server, services),
    (server) => deliveryRoutes(server, services),
    (server) => officeholderRoutes(server, services),
  ]);
  const stopWork = context.config.worker
    ? await startWork(context, {
        legislatures,
        renderMail: mailRenderer({ context, organisation }),
        cwc: routes.cwc,
      })
    : undefined;
  return {
    app,
    legislatures,
    async stop() {
      // Together: a visitor who reads slowly must not take the time in which what is being sent can end.
      await Promise.all([app.close().then(() => desk[Symbol.asyncDispose]()), stopWork?.()]);
      await routes[Symbol.asyncDispose]();
      await legislatures[Symbol.asyncDispose]();
    },
  };
}

interface Work {
  readonly legislatures: Legislatures;
  readonly renderMail: ReturnType<typeof mailRenderer>;
  /** The caller's, who closes it. */
  readonly cwc: CwcDirectory;
}

/** Starts a worker, the intake of what comes back, and the upkeep; answers how to stop them. */
export async function startWork(
  context: OpenedContext,
  { legislatures, renderMail, cwc }: Work,
): Promise<() => Promise<void>> {
  // Not only every five minutes: whoever left should get nothing in between.
  legislatures.onChange(() => {
    stopLettersOfLeavers(context, legislatures).catch((error: unknown) => {
      context.log.error({ err: error }, 'letters of those who left could not be stopped');
    });
  });
  const intake = await startIntake(context);
  const worker = startWorker(context, { renderMail, cwc });
  const upkeep = await startUpkeep(context, legislatures);
  return async () => {
    await Promise.all([worker.stop(), intake.stop(), upkeep.stop()]);
  };
}

function alertServices(services: ActionServices): AlertServices {
  const { context, organisation, legislatures, site } = services;
  return {
    context,
    organisation,
    site,
    panel: (alert, language) => firstStep(services, alert, language),
    counts: (alert) => countActions(context, alert),
    nameOf: (alert: Alert, id) => {
      const { set, officeholders } = snapshotOf(legislatures, alert);
      const chamber = set.chambers.find((candidate) => candidate.id === id || candidate.role === id);
      const committee = set.committees.find((candidate) => candidate.id === id);
      return chamber?.name ?? officeholders.get(id)?.name ?? committee?.name ?? id;
    },
  };
}
