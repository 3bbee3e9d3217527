import { type Database, newId, sql } from '../../database/index.js';
import type { LetterState } from '../letter-states.js';
import { moveLetters } from '../move-letters.js';
import { type ChannelName, isSending } from '../office.js';
import type { ChosenLetter } from './choose-letters.js';
import type { Decision } from './decision.js';

/** From where staff may send letters on. */
export const FAILED = ['unclear', 'stopped', 'refused', 'bounced'] as const satisfies readonly LetterState[];
/** From where letters go by themselves, or by their writers. */
export const GOING = ['queued', 'waiting'] as const satisfies readonly LetterState[];

export function isOneOf(state: LetterState, states: readonly LetterState[]): boolean {
  return states.includes(state);
}

interface Taking {
  readonly letters: readonly ChosenLetter[];
  readonly channel: ChannelName;
  readonly at: Date;
  readonly decision: Decision;
}

/** Moves letters to a way: queued where a worker sends, else waiting for their writers, who are told. */
export async function takeWay(db: Database, { letters, channel, at, decision }: Taking): Promise<number> {
  const hurried = letters.filter((letter) => letter.state === 'queued' && letter.channel === channel);
  const others = letters.filter((letter) => !hurried.includes(letter));
  const going = others.filter(({ state }) => isOneOf(state, GOING));
  const by = { ...who(decision), at };
  await moveEach(db, going, { from: GOING, to: 'stopped', reason: 'staff_paused', ...by });
  await sql`update letter set channel = ${channel}, advance_due = false
    where letter_id = any(${others.map(({ letterId }) => letterId)}::uuid[])`.execute(db);
  const to = isSending(channel) ? 'queued' : 'waiting';
  const moved = await moveEach(db, others, { from: FAILED, to, reason: 'staff_decision', ...by });
  if (to === 'waiting') await tellWriters(db, others, at);
  return moved + (await hurry(db, hurried, { at, decision }));
}

/** Those that wait for a later try are due now; it is noted on each. */
async function hurry(
  db: Database,
  letters: readonly ChosenLetter[],
  { at, decision }: { readonly at: Date; readonly decision: Decision },
): Promise<number> {
  const { rows } = await sql`
    with hurried as (
      update letter set due_at = least(due_at, ${at})
      where letter_id = any(${letters.map(({ letterId }) => letterId)}::uuid[]) and state = 'queued'
      returning organisation_id, letter_id
    )
    insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom, note)
    select organisation_id, letter_id, ${at}, 'queued', 'queued', 'staff_decision', ${decision.by}, ${decision.reason}
    from hurried returning 1`.execute(db);
  return rows.length;
}

/** The step is theirs now: one mail for each action. */
async function tellWriters(db: Database, letters: readonly ChosenLetter[], at: Date): Promise<void> {
  const actions = [...new Map(letters.map((letter) => [letter.actionId, letter])).values()];
  await sql`
    insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
    select organisation_id, mail_id, action_id, 'step', 'queued', ${at}, ${at}
    from unnest(${actions.map(({ organisationId }) => organisationId)}::int[],
      ${actions.map(({ actionId }) => actionId)}::uuid[], ${actions.map(newId)}::uuid[])
      as s (organisation_id, action_id, mail_id)
    where exists (select from action a where a.organisation_id = s.organisation_id and a.action_id = s.action_id
        and a.kind = 'by_mail' and a.state = 'confirmed')
      and not exists (select from mail m where m.organisation_id = s.organisation_id and m.action_id = s.action_id
        and m.kind = 'step' and m.state = 'queued')`.execute(db);
}

type Change = Omit<Parameters<typeof moveLetters>[1], 'organisationId' | 'letterIds'>;

/** Moves chosen letters, of whichever organisation; answers how many. */
export async function moveEach(
  db: Database,
  letters: readonly ChosenLetter[],
  change: Change,
): Promise<number> {
  let moved = 0;
  for (const [organisationId, group] of Map.groupBy(letters, (letter) => letter.organisationId)) {
    const letterIds = group.map(({ letterId }) => letterId);
    moved += (await moveLetters(db, { organisationId, letterIds, ...change })).length;
  }
  return moved;
}

/** A decision as an event keeps it. */
export function who({ by, reason }: Decision) {
  return { by, note: reason };
}
