import type { RawBuilder } from 'kysely';
import { type Database, sql } from '../../database/index.js';
import { type LetterReason, type LetterState, requireTransition } from '../letter-states.js';
import { MOST_PER_STATEMENT } from '../move-letters.js';
import { LAST_TRY_MS } from '../retry-table.js';
import { BREAKER } from './pace.js';

const TO: LetterState = 'refused';

/** A probe that was begun so long ago has its outcome. */
const PROBE_ENDS_WITHIN_MS = 2 * 60_000;

/**
 * Gives up the queued letters of offices that have answered nothing for as long as a letter is tried, and marks them
 * for the next step; answers how many. A letter that came later waits as long from then on. Only offices that were
 * tried again within the last half hour: silence towards nobody, while staff pause it or no worker runs, is none.
 */
export function giveUpOnSilentOffices(db: Database, at: Date): Promise<number> {
  const before = new Date(at.getTime() - LAST_TRY_MS);
  const latestProbe = new Date(at.getTime() + BREAKER.probeEveryMs - PROBE_ENDS_WITHIN_MS);
  const letters = sql`office_lane o join letter l on l.lane = o.lane
    where o.opened_at < ${before} and o.probe_at between ${at} and ${latestProbe} and o.paused_at is null
      and not exists (select from office_lane whole where whole.lane = o.channel and whole.paused_at is not null)
      and coalesce(l.first_tried_at, l.changed_at) < ${before}`;
  return giveUp(db, { letters, reason: 'office_silent', at });
}

/** Takes queued letters off addresses that failed for good, and marks them for the next step; answers how many. */
export function leaveDeadAddresses(db: Database, at: Date): Promise<number> {
  const letters = sql`office_address a join letter l on l.lane = ('smtp:' || a.address) collate "C"
    where a.cleared_at is null`;
  return giveUp(db, { letters, reason: 'address_dead', at });
}

interface GivingUp {
  /** `letter l` with what it is joined to, and the condition. */
  readonly letters: RawBuilder<unknown>;
  readonly reason: LetterReason;
  readonly at: Date;
}

async function giveUp(db: Database, { letters, reason, at }: GivingUp): Promise<number> {
  requireTransition({ from: ['queued'], to: TO, reason });
  const { rows } = await sql`
    with chosen as (
      select l.organisation_id, l.letter_id from ${letters} and l.state = 'queued'
      order by l.organisation_id, l.letter_id limit ${MOST_PER_STATEMENT} for update of l skip locked
    ), given_up as (
      update letter l set state = ${TO}, changed_at = ${at}, due_at = null, advance_due = true
      from chosen c where l.organisation_id = c.organisation_id and l.letter_id = c.letter_id
      returning l.organisation_id, l.letter_id
    ), events as (
      insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
      select organisation_id, letter_id, ${at}, 'queued', ${TO}, ${reason}, 'system' from given_up
    )
    select from given_up`.execute(db);
  return rows.length;
}
