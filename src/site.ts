import type { Organisation } from './accounts/index.js';
import type { Context } from './context.js';
import { showsOutbox } from './delivery/index.js';
import type { SiteView } from './design/index.js';
import type { Legislatures } from './legislatures/index.js';

interface Viewing {
  readonly context: Context;
  readonly organisation: Organisation;
  readonly legislatures: Legislatures;
}

/** What all pages share, made anew for each page: a set may have been swapped since the last. */
export function siteView(
  { context, organisation, legislatures }: Viewing,
  uses: readonly string[] = [],
): SiteView {
  const { config } = context;
  return {
    name: organisation.name,
    home: '/',
    who: '/who',
    rehearsal: !config.delivery,
    outbox: showsOutbox(config) ? '/outbox' : undefined,
    data: legislatures.describe(uses, context.clock.now()),
    source: config.sourceUrl,
  };
}
