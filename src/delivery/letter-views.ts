import type { Context } from '../context.js';
import { type Database, sql } from '../database/index.js';
import { AppError } from '../errors.js';
import type { CallOutcome } from './call-outcomes.js';
import { MAY_HAVE_ARRIVED } from './channels/outcome.js';
import { type FollowUp, followUpsOf } from './chase/follow-ups.js';
import { type Expectation, expectLetters } from './lanes/expect-letters.js';
import { type LetterContent, openLetter } from './letter-content.js';
import { type DeliveryView, deliveriesOf } from './letter-deliveries.js';
import type { LetterReason, LetterState } from './letter-states.js';
import type { ChannelName, OfficeSnapshot } from './office.js';

/** One change of a letter's state, or a note where both states are the same. */
export interface LetterEvent {
  readonly at: Date;
  readonly from: LetterState | null;
  readonly to: LetterState;
  readonly reason: LetterReason;
  /** Of a call that the supporter reports. */
  readonly callOutcome: CallOutcome | null;
  /** What staff said of a change that they made. */
  readonly note: string | null;
}

/** One letter as its receipt shows it. */
export interface LetterView {
  readonly letterId: string;
  readonly officeholderId: string;
  readonly office: OfficeSnapshot;
  /** The tag of the language in which it was written. */
  readonly language: string;
  readonly channel: ChannelName;
  readonly state: LetterState;
  readonly changedAt: Date;
  /** Of the body, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly attempts: number;
  /** When it is tried (again); only while it is queued. */
  readonly dueAt: Date | null;
  /** When it is expected to go, by its office's queue; only while it is queued. */
  readonly expectation: Expectation | undefined;
  /** Oldest first. */
  readonly events: readonly LetterEvent[];
  /** Every way that it took, oldest first. */
  readonly deliveries: readonly DeliveryView[];
  /** The way that it is on, or was on last. */
  readonly delivery: DeliveryView | undefined;
  /** The supporter asked the office for an answer. */
  readonly followUp: FollowUp | undefined;
  /** The supporter says that an answer came. */
  readonly heardAt: Date | null;
  /** How often it may have arrived although no answer came: each copy has the same message id. */
  readonly possibleCopies: number;
  /** Only when asked for, and until it is forgotten. */
  readonly content: LetterContent | undefined;
}

interface LettersQuery {
  readonly organisationId: number;
  readonly actionId: string;
  /** Opens the texts too. */
  readonly withContent?: boolean;
}

type Gathered = 'expectation' | 'events' | 'deliveries' | 'delivery' | 'followUp' | 'possibleCopies';
type LetterRow = Omit<LetterView, Gathered | 'content'> & { readonly content: Buffer | null };

const UNANSWERED: ReadonlySet<LetterReason> = new Set(MAY_HAVE_ARRIVED);

/** The letters of an action, in the order in which they were written, with everything that happened to each. */
export async function lettersOfAction(context: Context, query: LettersQuery): Promise<readonly LetterView[]> {
  const { db } = context;
  const letters = await letterRows(db, query);
  const name = { organisationId: query.organisationId, letterIds: letters.map(({ letterId }) => letterId) };
  const queued = letters.filter(({ state }) => state === 'queued').map(({ letterId }) => letterId);
  const expectations = await expectLetters(context, { ...name, letterIds: queued });
  const [events, deliveries] = [await eventsOf(db, name), await deliveriesOf(db, name)];
  const followUps = await followUpsOf(db, name);
  return Promise.all(
    letters.map(async (letter) => {
      const ownEvents = events.get(letter.letterId) ?? [];
      const ways = deliveries.get(letter.letterId) ?? [];
      return {
        ...letter,
        expectation: expectations.get(letter.letterId),
        events: ownEvents.map(({ letterId: _, ...event }) => event),
        deliveries: ways,
        delivery: ways.find(({ channel }) => channel === letter.channel) ?? ways.at(-1),
        followUp: followUps.get(letter.letterId),
        possibleCopies: ownEvents.filter(({ reason }) => UNANSWERED.has(reason)).length,
        content: query.withContent === true ? await openIfKept(context, query, letter) : undefined,
      };
    }),
  );
}

async function openIfKept(
  context: Context,
  { organisationId }: LettersQuery,
  { letterId, content }: LetterRow,
) {
  if (content === null) return undefined;
  return openLetter(context, { organisationId, letterId }, content).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'gone') return undefined;
    throw error;
  });
}

async function letterRows(
  db: Database,
  { organisationId, actionId }: LettersQuery,
): Promise<readonly LetterRow[]> {
  const { rows } = await sql<LetterRow>`
    select l.letter_id as "letterId", l.officeholder_id as "officeholderId", l.office, a.language, l.channel, l.state,
      l.changed_at as "changedAt", encode(l.sha256, 'hex') as sha256, l.attempts,
      case when l.state = 'queued' then l.due_at end as "dueAt", l.heard_at as "heardAt", l.content
    from letter l join action a using (organisation_id, action_id)
    where l.organisation_id = ${organisationId} and l.action_id = ${actionId}
    order by l.sequence`.execute(db);
  return rows;
}

interface LetterNames {
  readonly organisationId: number;
  readonly letterIds: readonly string[];
}

async function eventsOf(db: Database, { organisationId, letterIds }: LetterNames) {
  const { rows } = await sql<LetterEvent & { readonly letterId: string }>`
    select letter_id as "letterId", at, from_state as "from", to_state as "to", reason,
      call_outcome as "callOutcome", note
    from letter_event
    where organisation_id = ${organisationId} and letter_id = any(${letterIds}::uuid[])
    order by event_id`.execute(db);
  return Map.groupBy(rows, (row) => row.letterId);
}
