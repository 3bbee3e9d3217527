import { type Database, newId, sql } from '../../database/index.js';

// A letter that is being sent has its outcome by then; one that did not go needs no telling.
const AFTER_SENDING_MS = 180_000;

interface Telling {
  readonly organisationId: number;
  readonly actionId: string;
  readonly at: Date;
}

/** A mail to each office that got a letter of this action by mail: the person it names did not write it. */
export async function tellOffices(db: Database, { organisationId, actionId, at }: Telling): Promise<void> {
  const { rows } = await sql<{ letterId: string; sending: boolean }>`
    select letter_id as "letterId", state = 'sending' as sending from letter
    where organisation_id = ${organisationId} and action_id = ${actionId} and channel = 'smtp'
      and state in ('sending', 'accepted', 'settled')`.execute(db);
  const letterIds = rows.map((row) => row.letterId);
  const dueAt = rows.map(({ sending }) => new Date(at.getTime() + (sending ? AFTER_SENDING_MS : 0)));
  await sql`
    insert into mail (organisation_id, mail_id, action_id, letter_id, kind, state, due_at, changed_at)
    select ${organisationId}, m.mail_id, ${actionId}, m.letter_id, 'disavowal', 'queued', m.due_at, ${at}
    from unnest(${letterIds.map(newId)}::uuid[], ${letterIds}::uuid[], ${dueAt}::timestamptz[])
      as m (mail_id, letter_id, due_at)`.execute(db);
}
