import { fileURLToPath } from 'node:url';
import type { Context } from '../../context.js';
import { closeAlert } from '../change-state.js';
import { importAlert } from '../import-alert.js';
import { readAlert } from '../stored-alert.js';

const BY_DEMO = 'demo';
const OPEN_ALERT = 'tallow-head-light';
const PAST_ALERT = {
  slug: 'saltmere-ferry-bell',
  published: '2026-02-09T08:00Z',
  closed: '2026-03-04T08:00Z',
};

/** Publishes the demo's two alerts, one open and one closed. Whoever is there already is left as it is. */
export async function loadDemoAlerts(context: Context, organisationId: number): Promise<void> {
  await publishOnce(context, { organisationId, slug: OPEN_ALERT });
  const past = { organisationId, slug: PAST_ALERT.slug };
  await publishOnce(at(context, PAST_ALERT.published), past);
  const stored = await readAlert(context.db, past);
  if (stored?.state !== 'published') return;
  await closeAlert(at(context, PAST_ALERT.closed), { ...past, reason: 'achieved', by: BY_DEMO });
}

async function publishOnce(context: Context, name: { organisationId: number; slug: string }): Promise<void> {
  if ((await readAlert(context.db, name)) !== undefined) return;
  const file = fileURLToPath(new URL(`./${name.slug}.md`, import.meta.url));
  const { organisationId } = name;
  await importAlert(context, { organisationId, file, publish: true, replace: false, by: BY_DEMO });
}

function at(context: Context, moment: string): Context {
  return { ...context, clock: { now: () => new Date(moment) } };
}
