import type { Organisation } from '../accounts/index.js';
import type { Context } from '../context.js';
import type { SiteView } from '../design/index.js';
import type { Legislatures } from '../legislatures/index.js';
import type { SubmitDesk } from './submit.js';

/** What the routes of this room are given. */
export interface ActionServices {
  readonly context: Context;
  readonly organisation: Organisation;
  readonly legislatures: Legislatures;
  readonly desk: SubmitDesk;
  readonly site: () => SiteView;
}
