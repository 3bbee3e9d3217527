import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import { AppError } from '../../errors.js';
import type { OutgoingMail } from '../channels/outgoing-mail.js';
import { isOpenAt } from '../lanes/office-hours.js';
import { lettersPerHour } from '../lanes/pace.js';
import { LANE_COLUMNS, type LaneRow, readLane } from '../lanes/read-lane.js';
import type { LeasedMail } from '../lease-mails.js';
import { openLetter } from '../letter-content.js';
import { letterMail } from '../letter-mail.js';
import type { OfficeSnapshot } from '../office.js';
import { writeFollowUp } from './write-follow-up.js';

/** A follow-up as it goes; `waits`: the office gets nothing just now; `dropped`: there is nothing to send any more. */
export type ReadyFollowUp = OutgoingMail | 'waits' | 'dropped' | 'bad_address';

interface FollowUpRow extends LaneRow {
  readonly letterId: string;
  readonly office: OfficeSnapshot;
  readonly language: string;
  readonly content: Buffer | null;
  readonly originalId: string;
  readonly acceptedAt: Date | null;
  readonly isPaused: boolean;
  readonly stillWanted: boolean;
}

/** Makes a leased follow-up ready: in the supporter's name as the letter was, and as an answer to it. */
export async function readyFollowUp(context: Context, mail: LeasedMail): Promise<ReadyFollowUp> {
  const row = await readRow(context, mail);
  if (row === undefined || !row.stillWanted || row.content === null || row.acceptedAt === null)
    return 'dropped';
  if (row.isPaused || !takesMailNow(context, row)) return 'waits';
  const { organisationId, mailId, organisationName } = mail;
  const { letterId, office, acceptedAt, originalId } = row;
  const content = await openLetter(context, { organisationId, letterId }, row.content).catch(goneIsNothing);
  if (content === undefined) return 'dropped';
  const written = writeFollowUp(context, { ...row, organisationId, content, acceptedAt });
  const envelope = {
    organisationId,
    organisationName,
    office,
    language: row.language,
    deliveryId: mailId,
    messageId: `<${mailId}@${context.config.mail.domain}>`,
    date: context.clock.now(),
  };
  const outgoing = letterMail(context, envelope, { ...content, ...written });
  if (outgoing === undefined) return 'bad_address';
  const headers = { ...outgoing.headers, 'In-Reply-To': originalId, References: originalId };
  return { ...outgoing, headers };
}

async function readRow(
  { db }: Context,
  { organisationId, letterId }: LeasedMail,
): Promise<FollowUpRow | undefined> {
  const { rows } = await sql<FollowUpRow>`
    select l.letter_id as "letterId", l.office, a.language, l.content, d.message_id as "originalId",
      d.accepted_at as "acceptedAt", ${LANE_COLUMNS}, l.lane,
      o.paused_at is not null or whole.paused_at is not null as "isPaused",
      l.state in ('accepted', 'settled') and l.withdraw_reason is null and l.heard_at is null
        and a.state = 'confirmed' as "stillWanted"
    from letter l
    join action a using (organisation_id, action_id) join delivery d using (organisation_id, letter_id, channel)
    left join office_lane o on o.lane = l.lane
    left join office_lane whole on whole.lane = l.channel collate "C"
    where l.organisation_id = ${organisationId} and l.letter_id = ${letterId}`.execute(db);
  return rows[0];
}

function takesMailNow({ config, clock }: Context, row: FollowUpRow): boolean {
  const { hours, breaker } = readLane(row, lettersPerHour(config, 'smtp'));
  return breaker === undefined && (hours === undefined || isOpenAt(hours, clock.now()));
}

function goneIsNothing(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'gone') return undefined;
  throw error;
}
