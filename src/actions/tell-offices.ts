import { type Database, newId, sql } from '../database/index.js';

interface Telling {
  readonly organisationId: number;
  readonly actionId: string;
  readonly at: Date;
}

/** A mail to each office that got a letter of this action by mail: the person it names did not write it. */
export async function tellOffices(db: Database, { organisationId, actionId, at }: Telling): Promise<void> {
  const { rows } = await sql<{ letterId: string }>`
    select letter_id as "letterId" from letter
    where organisation_id = ${organisationId} and action_id = ${actionId} and channel = 'smtp'
      and state in ('sending', 'accepted', 'settled')`.execute(db);
  const letterIds = rows.map((row) => row.letterId);
  await sql`
    insert into mail (organisation_id, mail_id, action_id, letter_id, kind, state, due_at, changed_at)
    select ${organisationId}, m.mail_id, ${actionId}, m.letter_id, 'disavowal', 'queued', ${at}, ${at}
    from unnest(${letterIds.map(newId)}::uuid[], ${letterIds}::uuid[]) as m (mail_id, letter_id)`.execute(db);
}
