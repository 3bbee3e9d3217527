import { type Database, sql } from '../database/index.js';
import { daysAfterWaiting, daysCountFrom } from './lanes/standstill.js';
import { type LaneQuery, type OpenLane, spendPace, takeOpenLanes } from './lanes/take-lanes.js';
import type { OfficeSnapshot, SendingChannel } from './office.js';

/** How long a worker may keep a letter or a mail before others take it over: a lost worker's are taken within 90 s. */
export const LEASE_SECONDS = 84;

/** A letter that this worker alone may send, until its lease ends. */
export interface LeasedLetter {
  readonly organisationId: number;
  readonly letterId: string;
  readonly organisationName: string;
  readonly channel: SendingChannel;
  /** The office's, by which its pace and its breaker go. */
  readonly lane: string;
  /** The office failed lately. */
  readonly officeFailing: boolean;
  readonly office: OfficeSnapshot;
  readonly language: string;
  readonly sha256: Buffer;
  readonly content: Buffer | null;
  readonly attempts: number;
  readonly firstTriedAt: Date | null;
  readonly deliveryId: string;
  readonly messageId: string;
  readonly deliveryCreatedAt: Date;
}

/** Who leases, when by the business clock, how many at most. */
export interface Leasing {
  readonly workerId: string;
  readonly now: Date;
  readonly most: number;
}

/**
 * Leases letters of one channel that are due and may go by the pace of their office, each office in its turn, and
 * makes the delivery row of each that has none yet: its id stays the same over all tries and all workers.
 */
export function leaseLetters(db: Database, leasing: LetterLeasing): Promise<readonly LeasedLetter[]> {
  return db.transaction().execute(async (transaction) => {
    await readDueInOrder(transaction);
    const lanes = await takeOpenLanes(transaction, leasing);
    if (lanes.length === 0) return [];
    const letters = await takeDue(transaction, lanes, leasing);
    await spendPace(transaction, countByLane(letters, lanes), leasing.now);
    return readLeased(transaction, letters, leasing.now);
  });
}

interface LetterLeasing extends Leasing, LaneQuery {
  readonly mailDomain: string;
}

interface LetterName {
  readonly organisationId: number;
  readonly letterId: string;
  readonly lane: string;
}

function countByLane(letters: readonly LetterName[], lanes: readonly OpenLane[]) {
  const byLane = Map.groupBy(letters, ({ lane }) => lane);
  return lanes
    .map((lane) => ({ lane, letters: byLane.get(lane.lane)?.length ?? 0 }))
    .filter((taken) => taken.letters > 0);
}

/**
 * Until the next commit, due rows are read in the order of their index. Where the planner knows too little of a
 * queue, it takes it for short and sorts all of it, for each lease anew.
 */
export async function readDueInOrder(db: Database): Promise<void> {
  await sql`set local enable_bitmapscan = off`.execute(db);
}

async function takeDue(
  db: Database,
  lanes: readonly OpenLane[],
  { workerId, now, most, mailDomain }: LetterLeasing,
): Promise<readonly LetterName[]> {
  // An office with a long queue takes no more than its share, so that it holds up nobody else's.
  const share = Math.ceil(most / lanes.length);
  const names = lanes.map(({ lane }) => lane);
  const rooms = lanes.map(({ room }) => Math.min(room, share));
  const openedAt = lanes.map(({ breaker }) => breaker?.openedAt ?? null);
  const answeredAt = lanes.map((lane) => lane.answeredAt ?? null);
  const { rows } = await sql<LetterName>`
    with due as (
      select d.organisation_id, d.letter_id, o.opened_at, o.answered_at
      from unnest(${names}::text[], ${rooms}::int[], ${openedAt}::timestamptz[], ${answeredAt}::timestamptz[])
        as o (lane, room, opened_at, answered_at)
      cross join lateral (
        select organisation_id, letter_id from letter
        where state = 'queued' and lane = o.lane collate "C" and due_at <= ${now} and withdraw_reason is null
        order by due_at, sequence limit o.room for update skip locked
      ) d limit ${most}
    ), leased as (
      update letter l set state = 'sending', changed_at = ${now}, lease_owner = ${workerId},
        leased_until = now() + make_interval(secs => ${LEASE_SECONDS}), first_tried_at = ${daysAfterWaiting(now)}
      from due where l.organisation_id = due.organisation_id and l.letter_id = due.letter_id
      returning l.organisation_id, l.letter_id, l.channel, l.lane
    ), new_ids as (
      select organisation_id, letter_id, channel, gen_random_uuid() as delivery_id from leased
    ), deliveries as (
      insert into delivery as d (organisation_id, delivery_id, letter_id, channel, message_id, created_at)
      select organisation_id, delivery_id, letter_id, channel,
        case channel when 'smtp' then '<' || delivery_id || '@' || ${mailDomain}::text || '>'
          else replace(delivery_id::text, '-', '') end,
        ${now}
      from new_ids
      on conflict (organisation_id, letter_id, channel) do nothing
    ), events as (
      insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
      select organisation_id, letter_id, ${now}, 'queued', 'sending', 'leased', ${`worker:${workerId}`} from leased
    )
    select organisation_id as "organisationId", letter_id as "letterId", lane from leased`.execute(db);
  return rows;
}

/** A statement of its own: of the rows that the first one writes the planner expects one, and joins them each with each. */
async function readLeased(
  db: Database,
  names: readonly LetterName[],
  now: Date,
): Promise<readonly LeasedLetter[]> {
  if (names.length === 0) return [];
  const organisations = names.map(({ organisationId }) => organisationId);
  const letters = names.map(({ letterId }) => letterId);
  const { rows } = await sql<LeasedLetter>`
    select l.organisation_id as "organisationId", l.letter_id as "letterId", n.name as "organisationName",
      l.channel, l.lane, o.failures > 0 as "officeFailing", l.office, a.language, l.sha256, l.content, l.attempts,
      ${daysCountFrom(now)} as "firstTriedAt", d.delivery_id as "deliveryId", d.message_id as "messageId",
      d.created_at as "deliveryCreatedAt"
    from unnest(${organisations}::int[], ${letters}::uuid[]) as leased (organisation_id, letter_id)
    join letter l using (organisation_id, letter_id)
    join delivery d using (organisation_id, letter_id, channel)
    join action a using (organisation_id, action_id)
    join organisation n using (organisation_id)
    join office_lane o using (lane)
    order by l.due_at, l.sequence`.execute(db);
  return rows;
}

/** What is needed to put back a letter whose worker was lost. */
export type LostLetter = Pick<
  LeasedLetter,
  'organisationId' | 'letterId' | 'lane' | 'attempts' | 'firstTriedAt'
>;

/** Takes over letters whose lease ended, so that they can be put back under this worker's name. */
export async function takeOverLostLetters(
  db: Database,
  { workerId, now, most }: Leasing,
): Promise<readonly LostLetter[]> {
  const { rows } = await sql<LostLetter>`
    with lost as (
      select organisation_id, letter_id, lane from letter where state = 'sending' and leased_until < now()
      order by leased_until limit ${most} for update skip locked
    )
    update letter l set lease_owner = ${workerId}, leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    from lost left join office_lane o using (lane)
    where l.organisation_id = lost.organisation_id and l.letter_id = lost.letter_id
    returning l.organisation_id as "organisationId", l.letter_id as "letterId", l.lane, l.attempts,
      ${daysCountFrom(now)} as "firstTriedAt"`.execute(db);
  return rows;
}
