import { type Alert, closingTime, findAlert } from '../../alerts/index.js';
import type { Context } from '../../context.js';
import { findLateLanes, type LaneView, laneOf, openOfficeRoutes } from '../../delivery/index.js';
import { loadLegislatures, type Snapshot } from '../../legislatures/index.js';
import { chambersOf, listAsked } from '../place/asked-officeholders.js';
import { officeSnapshot } from '../place/find-whom.js';

/** The offices of an alert whose queues of today last longer than it does. */
export interface LateOffices {
  readonly until: Date;
  /** How many offices we send to on this alert. */
  readonly offices: number;
  /** Those that are late, the latest first. */
  readonly late: readonly LaneView[];
}

/**
 * Finds the offices that an alert writes to whose queues are expected to end after the alert does; `undefined` where it
 * has no end, or is none that is published.
 */
export async function findLateOffices(
  context: Context,
  name: { readonly organisationId: number; readonly slug: string },
): Promise<LateOffices | undefined> {
  const alert = await findAlert(context, name);
  const until = closingTime(alert?.content.ask.until ?? '');
  if (alert === undefined || until === undefined) return undefined;
  const lanes = await lanesOf(context, alert);
  return { until, offices: lanes.size, late: await findLateLanes(context, lanes, until) };
}

async function lanesOf(context: Context, alert: Alert): Promise<ReadonlySet<string>> {
  await using routes = await openOfficeRoutes(context);
  await using legislatures = await loadLegislatures(context);
  const snapshot = legislatures.current(alert.content.ask.whom.legislature);
  if (snapshot === undefined) return new Set();
  const lanes = askedOf(snapshot, alert).flatMap((person) => {
    const office = officeSnapshot(person);
    const [first] = routes.officeRoutes.waysTo(alert.organisationId, office);
    return (first && laneOf(first, office)) ?? [];
  });
  return new Set(lanes);
}

/** Everybody whom some reader may be asked to write to. */
function askedOf(snapshot: Snapshot, { content, language }: Alert) {
  const listed = listAsked(snapshot, content, language);
  if (listed !== undefined) return listed;
  const { whom } = content.ask;
  const chambers = whom.kind === 'mine' ? chambersOf(snapshot, whom.chambers) : [];
  return [...snapshot.officeholders.values()].filter(({ chamber }) => chambers.includes(chamber.id));
}
