import type { Config } from '../../config/index.js';
import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import type { LetterState } from '../letter-states.js';
import { maySend } from '../may-send.js';
import { type ChannelName, channelsOf, isSending } from '../office.js';
import { wakeWorkers } from '../wake-workers.js';
import { type ChosenLetter, chooseLetters, type LetterChoice } from './choose-letters.js';
import type { Decision } from './decision.js';
import { FAILED, GOING, isOneOf, moveEach, takeWay, who } from './take-way.js';

/** What came of a decision about letters. */
export interface Moved {
  readonly moved: number;
  /** How many were left as they were, by why, in words for staff. */
  readonly left: ReadonlyMap<string, number>;
}

/** Which letters, who decides, and why. */
export interface StaffMove extends Decision {
  readonly choice: Omit<LetterChoice, 'states'>;
}

/** Sends letters again by the way that they were on, under the same id; those that wait for a later try, at once. */
export function retryLetters(context: Context, move: StaffMove): Promise<Moved> {
  return decide(context, { ...move, states: [...FAILED, 'queued'] }, (letter) => {
    const against = whyNotAgain(letter) ?? whyNotBy(context.config, letter, letter.channel);
    return against ?? { channel: letter.channel };
  });
}

/** Gives letters another way: the named one, or the next of their office that was not tried. */
export function rerouteLetters(
  context: Context,
  move: StaffMove & { readonly to?: ChannelName | undefined },
): Promise<Moved> {
  return decide(context, { ...move, states: [...FAILED, ...GOING] }, (letter) => {
    const ways = channelsOf(letter.office).filter((channel) => channel !== letter.channel);
    const open = (channel: ChannelName): boolean => whyNotBy(context.config, letter, channel) === undefined;
    const channel =
      move.to ??
      ways.find((way) => !letter.tried.includes(way) && open(way)) ??
      ways.find((way) => !isSending(way));
    if (channel === undefined || !ways.includes(channel)) return 'no such way leads to its office';
    return whyNotAgain(letter) ?? whyNotBy(context.config, letter, channel) ?? { channel };
  });
}

/** Stops letters that have not gone. They stay so until staff decide otherwise, or their writers send them. */
export async function stopChosen(context: Context, move: StaffMove): Promise<Moved> {
  const at = context.clock.now();
  return context.db.transaction().execute(async (db) => {
    const chosen = await chooseLetters(db, { ...move.choice, states: GOING });
    const left = chosen.filter(({ state }) => !isOneOf(state, GOING)).map(({ state }) => wrongState(state));
    const going = chosen.filter(({ state }) => isOneOf(state, GOING));
    const change = { from: GOING, to: 'stopped', reason: 'staff_paused', ...who(move), at } as const;
    return { moved: await moveEach(db, going, change), left: countEach(left) };
  });
}

/** Settles letters of which nobody could tell what became of them, by what staff found out. */
export async function settleUnclear(
  context: Context,
  move: StaffMove & { readonly as: 'accepted' | 'refused' },
): Promise<Moved> {
  const at = context.clock.now();
  return context.db.transaction().execute(async (db) => {
    const chosen = await chooseLetters(db, { ...move.choice, states: ['unclear'] });
    const unclear = chosen.filter(({ state }) => state === 'unclear');
    const left = chosen.filter(({ state }) => state !== 'unclear').map(({ state }) => wrongState(state));
    const change = { from: ['unclear'], to: move.as, reason: 'staff_evidence', ...who(move), at } as const;
    const moved = await moveEach(db, unclear, change);
    const ids = unclear.map(({ letterId }) => letterId);
    if (move.as === 'accepted')
      await sql`update delivery d set accepted_at = ${at} from letter l
        where l.letter_id = any(${ids}::uuid[]) and d.organisation_id = l.organisation_id
          and d.letter_id = l.letter_id and d.channel = l.channel`.execute(db);
    else await sql`update letter set advance_due = true where letter_id = any(${ids}::uuid[])`.execute(db);
    return { moved, left: countEach(left) };
  });
}

type Choice = StaffMove & { readonly states: readonly LetterState[] };

/** Moves each chosen letter to the way that `wayOf` finds for it, or leaves it for the reason that it gives. */
async function decide(
  context: Context,
  choice: Choice,
  wayOf: (letter: ChosenLetter) => { readonly channel: ChannelName } | string,
): Promise<Moved> {
  const at = context.clock.now();
  return context.db.transaction().execute(async (db) => {
    const chosen = await chooseLetters(db, { ...choice.choice, states: choice.states });
    const left: string[] = [];
    const ways: { letter: ChosenLetter; channel: ChannelName }[] = [];
    for (const letter of chosen) {
      const way = isOneOf(letter.state, choice.states) ? wayOf(letter) : wrongState(letter.state);
      if (typeof way === 'string') left.push(way);
      else ways.push({ letter, ...way });
    }
    let moved = 0;
    for (const [channel, group] of Map.groupBy(ways, (way) => way.channel)) {
      const letters = group.map(({ letter }) => letter);
      moved += await takeWay(db, { letters, channel, at, decision: choice });
    }
    await wakeWorkers(db);
    return { moved, left: countEach(left) };
  });
}

/** What stands against sending a letter again, by whatever way. */
function whyNotAgain({ hasText, takenBack, leftOffice, hasTwin }: ChosenLetter): string | undefined {
  if (!hasText) return 'the text is forgotten';
  if (takenBack) return 'the writer took it back';
  if (leftOffice) return 'whom it names has left the seat';
  return hasTwin ? 'another letter of the same person to the same office stands' : undefined;
}

function whyNotBy(config: Config, { office, addressDead }: ChosenLetter, channel: ChannelName) {
  if (addressDead && (channel === 'smtp' || channel === 'own_mail'))
    return 'the office’s address failed for good (redress office address list)';
  if (!isSending(channel)) return undefined;
  return maySend(config, channel, office.email ?? '') ? undefined : 'nothing is sent that way from here';
}

function wrongState(state: LetterState): string {
  return state === 'sending' ? 'it is being sent just now' : `it is ${state.replaceAll('_', ' ')}`;
}

function countEach(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
}
