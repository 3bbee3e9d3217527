import { type Database, sql } from '../../database/index.js';
import type { ChannelName } from '../office.js';

/** A letter of which nobody could tell what became of it; no personal data. */
export interface UnclearLetter {
  readonly letterId: string;
  /** The alert's slug. */
  readonly alert: string;
  readonly office: string;
  readonly lane: string | null;
  readonly channel: ChannelName;
  readonly since: Date;
  /** By which the office or the mail service can look for it. */
  readonly messageId: string | null;
  readonly host: string | null;
  /** What could not be read, without addresses. */
  readonly answer: string | null;
}

/** All of them, oldest first. */
export async function listUnclear(db: Database): Promise<readonly UnclearLetter[]> {
  const { rows } = await sql<UnclearLetter>`
    select l.letter_id as "letterId", a.slug as alert, l.office ->> 'name' as office, l.lane, l.channel,
      l.changed_at as since, d.message_id as "messageId", d.host, d.answer
    from letter l join alert a using (organisation_id, alert_id)
    left join delivery d using (organisation_id, letter_id, channel)
    where l.state = 'unclear' order by l.changed_at, l.sequence`.execute(db);
  return rows;
}
