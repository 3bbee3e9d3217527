import { createHash } from 'node:crypto';
import type { CampaignFacts } from '../../constituent.js';

/**
 * By what an office groups letters: 64 hexadecimal digits, the same for all letters of an organisation on one bill
 * (without one, on one alert) with one stance, and different for any others.
 */
export function campaignId(organisationId: number, { campaign, bill, stance }: CampaignFacts): string {
  const subject = bill === undefined ? ['alert', campaign] : ['bill', bill.congress, bill.type, bill.number];
  const parts = ['redress', organisationId, subject, stance ?? null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
