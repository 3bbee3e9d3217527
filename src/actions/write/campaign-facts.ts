import { type Alert, billOf } from '../../alerts/index.js';
import type { CampaignFacts } from '../../delivery/index.js';

/** What the Congress's mail systems want to know of an alert; `undefined` where it does not say what it is about. */
export function campaignFactsOf(alert: Alert, url: string): CampaignFacts | undefined {
  const { topics, measure } = alert.content;
  if (topics.length === 0) return undefined;
  const bill = measure === null ? undefined : billOf(measure);
  const stance = measure?.stance ?? undefined;
  return {
    campaign: alert.alertId,
    topics,
    ...(bill && { bill }),
    ...(stance && { stance }),
    moreInfo: `${url}/alerts/${alert.slug}`,
  };
}
