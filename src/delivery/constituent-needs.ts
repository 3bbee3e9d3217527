import { CWC_CHAMBERS } from './channels/cwc/chambers.js';
import type { ConstituentNeed } from './constituent.js';
import { type ChannelName, chooseChannel, type OfficeSnapshot } from './office.js';
import { LEGISLATURE_MAIL, type LegislatureMail } from './office-routes.js';

/** How somebody can be addressed, as every mail system of the Congress takes it. */
export const PREFIXES: readonly string[] = CWC_CHAMBERS.cwc_senate.prefixes;

/** What a letter to this office must say of the constituent, beside a name and a place. */
export function needsOf(office: OfficeSnapshot): ReadonlySet<ConstituentNeed> {
  if (isLegislatureMail(chooseChannel(office))) return new Set(['street_address', 'fields', 'prefix']);
  return new Set(office.requiresAddress ? ['street_address'] : []);
}

/** Whether a channel is a legislature's own mail system. */
export function isLegislatureMail(channel: ChannelName): channel is LegislatureMail {
  return LEGISLATURE_MAIL.some((known) => known === channel);
}
