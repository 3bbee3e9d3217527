import { type Database, sql } from '../../database/index.js';
import { DAY_MS, LIFETIME_DAYS } from '../letter-lifetimes.js';
import { wakeWorkers } from '../wake-workers.js';
import { CHASE_AFTER_DAYS, chaseBefore } from './ask-again.js';

const MOST_PER_RUN = 1000;
/** A letter is settled before that, so only settled ones are looked at. */
const SETTLED_FOR_DAYS = CHASE_AFTER_DAYS - LIFETIME_DAYS.settling;
/** While the alert is open, and so long after it closed. */
const AFTER_CLOSING_DAYS = 28;

/**
 * Writes once to the supporters of letters that were taken by a mail system 14 days ago: they can ask for an answer.
 * One mail for each action, however many of its letters are due. An automatic answer is none. Answers how many letters
 * were looked at; each is looked at once.
 */
export async function remindOfSilence(db: Database, now: Date): Promise<number> {
  const settledBefore = new Date(now.getTime() - SETTLED_FOR_DAYS * DAY_MS);
  const closedAfter = new Date(now.getTime() - AFTER_CLOSING_DAYS * DAY_MS);
  // A mail needs its action: one that is just being taken back is passed over, so that neither waits for the other.
  const { rows } = await sql<{ looked: number }>`
    with due as (
      select l.organisation_id, l.letter_id from letter l
      join delivery d using (organisation_id, letter_id, channel) join action a using (organisation_id, action_id)
      where l.state = 'settled' and l.channel = 'smtp' and l.content is not null and l.chased_at is null
        and l.changed_at <= ${settledBefore} and d.accepted_at <= ${chaseBefore(now)}
      order by l.changed_at limit ${MOST_PER_RUN} for update of l skip locked for key share of a skip locked
    ), looked as (
      update letter l set chased_at = ${now}
      from due where l.organisation_id = due.organisation_id and l.letter_id = due.letter_id
      returning l.organisation_id, l.action_id, l.alert_id, l.withdraw_reason, l.heard_at
    ), asked as (
      select distinct k.organisation_id, k.action_id from looked k
      join action a using (organisation_id, action_id)
      join alert on alert.organisation_id = k.organisation_id and alert.alert_id = k.alert_id
      where k.withdraw_reason is null and k.heard_at is null and a.state = 'confirmed' and a.supporter is not null
        and (alert.closed_at is null or alert.closed_at > ${closedAfter})
        and not exists (select from mail m where m.organisation_id = k.organisation_id and m.action_id = k.action_id
          and m.kind = 'chase' and m.state = 'queued')
    ), mails as (
      insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
      select organisation_id, gen_random_uuid(), action_id, 'chase', 'queued', ${now}, ${now} from asked
      order by organisation_id, action_id
    )
    select count(*)::int as looked from looked`.execute(db);
  const looked = rows[0]?.looked ?? 0;
  if (looked > 0) await wakeWorkers(db);
  return looked;
}

interface ActionName {
  readonly organisationId: number;
  readonly actionId: string;
}

/** The letters of an action of which no mail to its supporter has told so far. */
export async function remindedOfNow(
  db: Database,
  { organisationId, actionId }: ActionName,
): Promise<readonly string[]> {
  const { rows } = await sql<{ letterId: string }>`
    select letter_id as "letterId" from letter l
    where l.organisation_id = ${organisationId} and l.action_id = ${actionId} and l.chased_at is not null
      and not exists (select from mail m where m.organisation_id = l.organisation_id and m.action_id = l.action_id
        and m.kind = 'chase' and m.state in ('accepted', 'rehearsed') and m.changed_at >= l.chased_at)`.execute(
    db,
  );
  return rows.map(({ letterId }) => letterId);
}
