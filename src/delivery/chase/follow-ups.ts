import { type Database, sql } from '../../database/index.js';

/** What became of a follow-up, as of any mail of ours; `accepted`: our mail server took it. */
export type FollowUpState = 'queued' | 'sending' | 'accepted' | 'refused' | 'rehearsed' | 'dropped';

/** The supporter's one follow-up to a letter. */
export interface FollowUp {
  readonly state: FollowUpState;
  /** Of the last change. */
  readonly changedAt: Date;
  /** A mail system reported that it came back. */
  readonly cameBackAt: Date | null;
}

interface LettersQuery {
  readonly organisationId: number;
  readonly letterIds: readonly string[];
}

/** The follow-ups of letters, by letter. */
export async function followUpsOf(
  db: Database,
  { organisationId, letterIds }: LettersQuery,
): Promise<ReadonlyMap<string, FollowUp>> {
  const { rows } = await sql<FollowUp & { readonly letterId: string }>`
    select m.letter_id as "letterId", m.state, m.changed_at as "changedAt", (
        select min(at) from inbound_mail i
        where i.organisation_id = m.organisation_id and i.mail_id = m.mail_id and i.kind = 'failed') as "cameBackAt"
    from mail m
    where m.organisation_id = ${organisationId} and m.letter_id = any(${letterIds}::uuid[])
      and m.kind = 'follow_up'`.execute(db);
  return new Map(rows.map(({ letterId, ...followUp }) => [letterId, followUp]));
}
