import type { Context } from '../context.js';
import { sql } from '../database/index.js';
import { readActivations, type StoredActivation } from './activations.js';
import type { SetCounts } from './set-counts.js';
import { inForce, type Period, periodsOf } from './timeline.js';

/** Since or from when a version answers, and why. */
interface Answering {
  readonly since: string;
  readonly by: string;
  readonly reason: string;
}

/** A version of a set, as `redress legislature list` tells it. */
export interface StoredVersion {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly country: string;
  /** Null where the source does not say. */
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly officeholders: number;
  readonly vacantSeats: number;
  /** Null for a set that was stored before they were counted. */
  readonly counts: SetCounts | null;
  readonly importedAt: Date;
  readonly importedBy: string;
  /** Null while another version answers. */
  readonly live: Answering | null;
  /** Set where the version answers from a time to come; `since` is that time. */
  readonly planned: Answering | null;
  /** How many corrections by hand hold over the set. */
  readonly edits: number;
}

type StoredRow = Omit<StoredVersion, 'live' | 'planned'>;

/** All versions of all sets, the newest import of each set first. */
export async function listVersions(context: Pick<Context, 'db' | 'clock'>): Promise<StoredVersion[]> {
  const { rows } = await sql<StoredRow>`
    select s.set_id as id, s.version, s.name, s.country,
      s.valid_from::text as "validFrom", s.valid_until::text as "validUntil", s.officeholders,
      s.vacant_seats as "vacantSeats", s.counts, s.imported_at as "importedAt", s.imported_by as "importedBy", (
        select count(*) filter (where e.change is not null) - count(e.undoes) from legislature_edit e
        where e.set_id = s.set_id)::integer as edits
    from legislature_set s
    order by s.set_id, s.imported_at desc, s.version`.execute(context.db);
  const bySet = Map.groupBy(await readActivations(context), ({ setId }) => setId);
  const periods = new Map(Array.from(bySet, ([setId, activations]) => [setId, periodsOf(activations)]));
  const now = context.clock.now().getTime();
  return rows.map((row) => ({ ...row, ...answering(row.version, periods.get(row.id) ?? [], now) }));
}

function answering(
  version: string,
  periods: readonly Period<StoredActivation>[],
  now: number,
): Pick<StoredVersion, 'live' | 'planned'> {
  const live = inForce(periods, now)?.activation;
  const planned = periods.find(({ from, activation }) => from > now && activation.version === version);
  return {
    live: live?.version === version ? tell(live) : null,
    planned: planned === undefined ? null : tell(planned.activation),
  };
}

function tell({ takesEffect, activatedAt, by, reason }: StoredActivation): Answering {
  return { since: (takesEffect ?? activatedAt).toISOString(), by, reason };
}
