import type { Organisation } from '../accounts/index.js';
import type { Context } from '../context.js';
import type { OfficeRoutes } from '../delivery/index.js';
import type { ViewSite } from '../design/index.js';
import type { Legislatures } from '../legislatures/index.js';
import type { AddressDesk } from './place/address-desk.js';
import type { SubmitDesk } from './submit/submit.js';

/** What the routes of this room are given. */
export interface ActionServices {
  readonly context: Context;
  readonly organisation: Organisation;
  readonly legislatures: Legislatures;
  /** Looks street addresses up, where the operator configured who does. */
  readonly addresses: AddressDesk | undefined;
  /** Which ways an office has just now. */
  readonly officeRoutes: OfficeRoutes;
  readonly desk: SubmitDesk;
  readonly site: ViewSite;
}
