import type { Bill } from '../../../alerts/index.js';
import type { BillNaming, CwcAgent } from '../../../config/index.js';
import type { ConstituentFacts } from '../../constituent.js';

/** Everything that one letter in CWC 2.0 says. What is absent is not said: no field has a default. */
export interface CwcFacts {
  /** 32 letters and digits; the same on every try. */
  readonly deliveryId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly agent: CwcAgent;
  readonly organisation: CwcOrganisation;
  readonly campaignId: string;
  readonly officeCode: string;
  readonly responseRequested?: boolean;
  readonly newsletterOptIn?: boolean;
  readonly constituent: CwcConstituent;
  readonly subject: string;
  readonly topics: readonly string[];
  readonly bills?: readonly Bill[];
  readonly billNaming: BillNaming;
  readonly stance?: 'pro' | 'con';
  /** The organisation's words. */
  readonly statement?: string;
  /** The supporter's own words. */
  readonly message?: string;
  readonly moreInfo?: string;
}

interface CwcOrganisation {
  readonly name?: string;
  readonly contact?: { readonly name?: string; readonly email?: string; readonly phone?: string };
  readonly about?: string;
}

/** A constituent as the chambers know one; Redress asks for no more than `ConstituentFacts`. */
interface CwcConstituent extends ConstituentFacts {
  readonly email: string;
  readonly middleName?: string;
  readonly suffix?: string;
  readonly title?: string;
  readonly organisation?: string;
  readonly addressValidated?: boolean;
  readonly emailValidated?: boolean;
}
