import { findOrganisationIfAny, setOrganisation } from './accounts/index.js';
import { loadDemoAlerts } from './alerts/index.js';
import type { Context } from './context.js';
import { loadDemoLegislature } from './legislatures/index.js';

/** A society that does not exist; its addresses lead nowhere (RFC 2606). */
const DEMO_ORGANISATION = {
  slug: 'demo',
  name: 'The Lanternists',
  language: 'en',
  contactEmail: 'post@lanternists.example',
  postalAddress: 'Old Customs House\n3 Quay Stair\nOstrel',
};

/** Fills an empty installation with a fictional country, society and alerts. Does nothing where there is one. */
export async function loadDemo(context: Context): Promise<void> {
  const known = await findOrganisationIfAny(context);
  if (known !== undefined && known.slug !== DEMO_ORGANISATION.slug) return;
  const organisation = known ?? (await setOrganisation(context, DEMO_ORGANISATION));
  await loadDemoLegislature(context);
  await loadDemoAlerts(context, organisation.organisationId);
}
