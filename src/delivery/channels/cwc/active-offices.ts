import { isUtf8 } from 'node:buffer';
import type { CwcSystem } from '../../../config/index.js';
import type { Context } from '../../../context.js';
import { sql } from '../../../database/index.js';
import { LEGISLATURE_MAIL, type LegislatureMail } from '../../office-routes.js';
import { CWC_CHAMBERS, type CwcChamber } from './chambers.js';
import { openChannelKey, readChannelKeys, type SealedKey } from './channel-keys.js';
import { announceCwcChange } from './cwc-changes.js';
import { CwcClient, type CwcTimeouts, type Exchange } from './exchange.js';
import { mayAsk, userAgent, withKey } from './system-address.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FRESH_MS = 12 * HOUR_MS;
const TRY_AGAIN_MS = 15 * MINUTE_MS;
const NOT_LET_IN: ReadonlySet<number> = new Set([401, 403]);

/** The list of one chamber as it is kept. */
export interface OfficeList {
  readonly channel: LegislatureMail;
  readonly source: string;
  readonly codes: readonly string[];
  /** Null where it was never got. */
  readonly fetchedAt: Date | null;
  readonly triedAt: Date;
  /** Why the last try failed; null where it did not. */
  readonly failure: string | null;
}

type Refreshing = Pick<Context, 'config' | 'db' | 'clock' | 'keyring' | 'log'>;

/** Reads the lists that are kept. */
export async function readOfficeLists({ db }: Pick<Context, 'db'>): Promise<readonly OfficeList[]> {
  const { rows } = await sql<OfficeList>`
    select channel, source, codes, fetched_at as "fetchedAt", tried_at as "triedAt", failure
    from active_offices order by channel, source`.execute(db);
  return rows;
}

/** What came of getting one list. */
export type RefreshedList = {
  readonly channel: LegislatureMail;
} & Got;

interface RefreshOptions {
  /** Gets this list, however new it is, and no other. */
  readonly only?: LegislatureMail;
  /** Only tests give it. */
  readonly timeouts?: CwcTimeouts;
}

/**
 * Gets the lists that are older than 12 hours, or could not be got a quarter of an hour ago, with the key of an
 * organisation that has one. One that cannot be got stays as it is.
 */
export async function refreshActiveOffices(
  context: Refreshing,
  { only, timeouts }: RefreshOptions = {},
): Promise<readonly RefreshedList[]> {
  const now = context.clock.now();
  const keys = await readChannelKeys(context);
  const lists = await readOfficeLists(context);
  const client = new CwcClient(timeouts);
  const refreshed: RefreshedList[] = [];
  try {
    for (const channel of LEGISLATURE_MAIL) {
      const chamber = CWC_CHAMBERS[channel];
      const system = context.config.cwc[chamber.setting];
      const own = keys.filter((key) => key.channel === channel);
      if (system?.officesAt === undefined || own.length === 0 || !mayAsk(context.config, system)) continue;
      const known = lists.find((list) => list.channel === channel && list.source === system.officesAt);
      const due = only === undefined ? known === undefined || isDue(known, now) : only === channel;
      if (due) refreshed.push(await refreshList(context, { client, chamber, system, keys: own, now }));
    }
    return refreshed;
  } finally {
    client.close();
  }
}

// A clock that was set back makes a list due as well.
function isDue({ fetchedAt, triedAt, failure }: OfficeList, now: Date): boolean {
  const since = (at: Date): number => Math.abs(now.getTime() - at.getTime());
  if (failure !== null) return since(triedAt) >= TRY_AGAIN_MS;
  return fetchedAt === null || since(fetchedAt) >= FRESH_MS;
}

interface Refresh {
  readonly client: CwcClient;
  readonly chamber: CwcChamber;
  readonly system: CwcSystem;
  /** Of any organisation: the list is the same for all. */
  readonly keys: readonly SealedKey[];
  readonly now: Date;
}

async function refreshList(context: Refreshing, refresh: Refresh): Promise<RefreshedList> {
  const { channel } = refresh.chamber;
  const got = await getList(context, refresh);
  await storeList(context, refresh, got);
  if (got.failure !== undefined)
    context.log.warn({ channel, failure: got.failure }, 'the active offices could not be listed');
  return { channel, ...got };
}

/** Where one organisation's key is not let in, another's may be. */
async function getList(context: Refreshing, { client, chamber, system, keys }: Refresh): Promise<Got> {
  let got: Got = { failure: 'there is no key' };
  for (const sealed of keys) {
    const key = await openChannelKey(context, sealed).catch(() => undefined);
    if (key === undefined) {
      got = { failure: 'the key does not open' };
      continue;
    }
    const url = withKey(system.officesAt ?? '', key);
    const exchange = await client.ask({ url, userAgent: userAgent(context.config) });
    got = readList(chamber, exchange);
    if (exchange.kind !== 'answer' || !NOT_LET_IN.has(exchange.status)) return got;
  }
  return got;
}

async function storeList({ db }: Refreshing, { chamber, system, now }: Refresh, got: Got): Promise<void> {
  const source = system.officesAt ?? '';
  await db.transaction().execute(async (transaction) => {
    if (got.failure === undefined) {
      await sql`
        insert into active_offices (channel, source, codes, fetched_at, tried_at)
        values (${chamber.channel}, ${source}, ${got.codes}::text[], ${now}, ${now})
        on conflict (channel, source) do update set codes = excluded.codes, fetched_at = excluded.fetched_at,
          tried_at = excluded.tried_at, failure = null`.execute(transaction);
    } else {
      await sql`
        insert into active_offices (channel, source, tried_at, failure)
        values (${chamber.channel}, ${source}, ${now}, ${got.failure})
        on conflict (channel, source) do update set tried_at = excluded.tried_at, failure = excluded.failure`.execute(
        transaction,
      );
    }
    await announceCwcChange(transaction);
  });
}

type Got =
  | { readonly codes: readonly string[]; readonly failure?: never }
  | { readonly failure: string; readonly codes?: never };

/** An empty list is a failure as well: no chamber is without offices. */
function readList({ officeCode }: CwcChamber, exchange: Exchange): Got {
  if (exchange.kind === 'fault') return { failure: exchange.words };
  const { status, body, whole } = exchange;
  if (status !== 200) return { failure: `it answered ${status}` };
  if (!whole || !isUtf8(body)) return { failure: 'its answer cannot be read' };
  try {
    const codes = codesIn(JSON.parse(body.toString()), officeCode);
    return codes.size === 0 ? { failure: 'its answer lists no office' } : { codes: [...codes].sort() };
  } catch {
    return { failure: 'its answer is no JSON' };
  }
}

/** The codes in a list of texts, or of objects with an `office_code`; also inside an object. */
function codesIn(value: unknown, officeCode: RegExp): Set<string> {
  const codes = new Set<string>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' && officeCode.test(next.trim())) codes.add(next.trim());
    else if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
  return codes;
}
