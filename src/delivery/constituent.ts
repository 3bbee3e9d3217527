import type { Bill, CongressTopic } from '../alerts/index.js';

/**
 * What a legislature's own mail system wants to know of a constituent, in fields; sealed with the letter. Only what
 * the supporter typed: no field is ever guessed or filled in for them.
 */
export interface ConstituentFacts {
  /** Asked for only where a channel demands one: `Ms.` */
  readonly prefix?: string;
  readonly firstName: string;
  readonly lastName: string;
  /** House number and street. */
  readonly address1: string;
  readonly address2?: string;
  readonly city: string;
  /** Two capital letters, one of `STATES`: `CA`. */
  readonly state: string;
  /** `94110` or `94110-1234`. */
  readonly zip: string;
  /** `555-555-0100`. */
  readonly phone?: string;
}

/** A fact that a channel demands beside a name and an e-mail address. */
export type ConstituentNeed = 'street_address' | 'fields' | 'prefix';

/** What a legislature's own mail system wants to know of the alert, as the alert stood when the letter was written. */
export interface CampaignFacts {
  /** Names the alert, whatever its version: letters with the same campaign, bill and stance belong together. */
  readonly campaign: string;
  /** At least one. */
  readonly topics: readonly CongressTopic[];
  /** Only where the alert's measure is plainly a bill of the Congress. */
  readonly bill?: Bill;
  /** Only where the alert says so. */
  readonly stance?: 'pro' | 'con';
  /** The alert's public address. */
  readonly moreInfo?: string;
}
