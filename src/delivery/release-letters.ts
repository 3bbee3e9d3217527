import type { Config } from '../config/index.js';
import { type Database, sql } from '../database/index.js';
import type { LetterReason, LetterState } from './letter-states.js';
import { hasLiveTwin } from './live-twin.js';
import { maySend } from './may-send.js';
import { moveLetters } from './move-letters.js';
import { type ChannelName, isSending } from './office.js';
import { wakeWorkers } from './wake-workers.js';

interface Release {
  readonly organisationId: number;
  readonly actionId: string;
  readonly at: Date;
  readonly config: Config;
}

interface HeldLetter {
  readonly letterId: string;
  readonly channel: ChannelName;
  readonly email: string | null;
  /** Another letter of this person to this officeholder on this alert lives already. */
  readonly written: boolean;
}

type Way = Readonly<{ to: LetterState; reason: LetterReason }>;

/**
 * Lets the held letters of a confirmed action go, each as its channel says: queued, waiting for the supporter's
 * step, or rehearsed where mail may not leave. Call it inside the confirming transaction.
 */
export async function releaseLetters(db: Database, release: Release): Promise<void> {
  const { organisationId, at, config } = release;
  const letters = await heldLetters(db, release);
  const ways = Map.groupBy(letters, (letter) => JSON.stringify(wayOf(config, letter)));
  for (const [, group] of ways) {
    const [first] = group;
    if (first === undefined) continue;
    const letterIds = group.map((letter) => letter.letterId);
    await moveLetters(db, {
      organisationId,
      letterIds,
      from: ['held'],
      ...wayOf(config, first),
      by: 'supporter',
      at,
    });
  }
  await wakeWorkers(db);
}

function wayOf(config: Config, letter: HeldLetter): Way {
  if (letter.written) return { to: 'withdrawn', reason: 'already_written' };
  if (!isSending(letter.channel)) return { to: 'waiting', reason: 'confirmed' };
  return maySend(config, letter.channel, letter.email ?? '')
    ? { to: 'queued', reason: 'confirmed' }
    : { to: 'rehearsed', reason: 'sending_off' };
}

async function heldLetters(
  db: Database,
  { organisationId, actionId }: Release,
): Promise<readonly HeldLetter[]> {
  const { rows } = await sql<HeldLetter>`
    select l.letter_id as "letterId", l.channel, l.office ->> 'email' as email, ${hasLiveTwin} as written
    from letter l
    where l.organisation_id = ${organisationId} and l.action_id = ${actionId} and l.state = 'held'
    order by l.letter_id for update of l`.execute(db);
  return rows;
}
