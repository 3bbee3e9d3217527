import type { Context } from '../context.js';
import { sql } from '../database/index.js';
import { AppError } from '../errors.js';
import { lockSet, SET_CHANNEL } from './set-lock.js';
import { type Activation, inForce, periodsOf } from './timeline.js';

type Storing = Pick<Context, 'db' | 'clock'>;
type Transaction = Context['db'];

/** Who does something to the sets, and why. */
export interface Doing {
  /** A name of the operator's choosing: `terminal`, `demo`. */
  readonly by: string;
  readonly reason: string;
}

interface ActivationRequest extends Doing {
  readonly setId: string;
  readonly version: string;
  /** Later than now; without it, at once. */
  readonly takesEffect?: Date | undefined;
}

/** A stored activation that can still matter. */
export interface StoredActivation extends Activation, Doing {
  readonly setId: string;
}

/**
 * Makes a stored version live again, at once or at a time to come; answers whether that changed anything.
 * @throws AppError `not_found` when there is no such version.
 */
export async function activateVersion(context: Storing, request: ActivationRequest): Promise<boolean> {
  const { setId, version } = request;
  return context.db.transaction().execute(async (transaction) => {
    await lockSet(transaction, setId);
    await requireVersion(transaction, setId, version);
    return activate(transaction, { ...request, now: context.clock.now() });
  });
}

/** @throws AppError `not_found`, with the versions that there are. */
async function requireVersion(db: Context['db'], setId: string, version: string): Promise<void> {
  const { rows } = await sql<{ version: string }>`
    select version from legislature_set where set_id = ${setId} order by imported_at, version`.execute(db);
  const versions = rows.map((row) => row.version);
  if (versions.includes(version)) return;
  const known =
    versions.length === 0 ? 'No version of it was imported' : `Its versions are ${versions.join(', ')}`;
  throw new AppError('not_found', { detail: `There is no version ${version} of ${setId}. ${known}.` });
}

/** As `activateVersion`, inside a transaction that holds the set's lock and knows that the version is there. */
export async function activate(
  transaction: Transaction,
  request: ActivationRequest & { readonly now: Date },
): Promise<boolean> {
  const { setId, version, by, reason, now } = request;
  const takesEffect = laterThan(now, request.takesEffect);
  const periods = periodsOf(await readActivations({ db: transaction }, setId));
  // What would hold then anyway changes nothing, unless something else is planned for that very moment.
  const then = inForce(periods, (takesEffect ?? now).getTime());
  if (then?.activation.version === version) return false;
  await sql`
    insert into legislature_activation (set_id, version, activated_at, activated_by, reason, takes_effect)
    values (${setId}, ${version}, ${now}, ${by}, ${reason}, ${takesEffect})`.execute(transaction);
  await sql`select pg_notify(${SET_CHANNEL}, ${setId})`.execute(transaction);
  return true;
}

function laterThan(now: Date, moment: Date | undefined): Date | null {
  return moment !== undefined && moment > now ? moment : null;
}

/** The activations that can still matter, of all sets or of one, in the order in which they were stored. */
export async function readActivations(
  { db }: Pick<Context, 'db'>,
  setId?: string,
): Promise<StoredActivation[]> {
  const { rows } = await sql<StoredActivation>`
    select a.set_id as "setId", a.version, a.activated_at as "activatedAt", a.activated_by as by, a.reason,
      a.takes_effect as "takesEffect"
    from legislature_activation a
    where (${setId ?? null}::text is null or a.set_id = ${setId ?? null})
      and (a.takes_effect is not null or a.activation_id = (
        select max(n.activation_id) from legislature_activation n
        where n.set_id = a.set_id and n.takes_effect is null))
    order by a.set_id, a.activation_id`.execute(db);
  return rows;
}

interface Rollover {
  readonly setId: string;
  readonly validFrom: string | undefined;
  readonly now: Date;
}

/**
 * When a newly imported version takes effect, unless the operator says otherwise: on its first day where that is to
 * come and a version that is valid by now answers until then; else at once.
 */
export async function rolloverTime(
  transaction: Transaction,
  { setId, validFrom, now }: Rollover,
): Promise<Date | undefined> {
  const begins = validFrom === undefined ? undefined : new Date(validFrom);
  if (begins === undefined || begins <= now) return undefined;
  const periods = periodsOf(await readActivations({ db: transaction }, setId));
  const live = inForce(periods, now.getTime())?.activation.version;
  if (live === undefined) return undefined;
  const { rows } = await sql<{ valid: boolean }>`
    select valid_from is null or valid_from <= ${now.toISOString()}::timestamptz::date as valid
    from legislature_set where set_id = ${setId} and version = ${live}`.execute(transaction);
  return rows[0]?.valid === true ? begins : undefined;
}
