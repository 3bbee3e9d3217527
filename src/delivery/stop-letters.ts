import { type Database, sql } from '../database/index.js';
import type { Mover } from './letter-states.js';
import { moveLettersWhere } from './move-letters.js';

/** For whom letters are under way: queued, waiting, or shown to a supporter who sends them by hand. */
export interface Addressee {
  readonly organisationId: number;
  readonly alertId: string;
  /** As the alert names it: a set's id or a country's code. */
  readonly legislature: string;
  readonly officeholder: string;
  readonly name: string;
  readonly chamber: string;
  readonly division: string;
  readonly letters: number;
}

const UNDER_WAY = ['held', 'queued', 'waiting'] as const;

// The text of such a letter is never forgotten: `content is not null` lets the index be used. One that waits for a
// confirmation is nobody's yet.
const underWay = sql<boolean>`l.state = any(${UNDER_WAY}::text[]) and l.content is not null
  and (l.state <> 'held' or exists (select from action h
    where h.organisation_id = l.organisation_id and h.action_id = l.action_id and h.kind = 'by_hand'))`;

interface Scope {
  readonly organisationId: number;
  readonly actionId: string;
}

/** Everybody for whom letters are under way; of one action where it is given. */
export async function findAddressees(db: Database, scope?: Scope): Promise<readonly Addressee[]> {
  const { rows } = await sql<Addressee>`
    select l.organisation_id as "organisationId", l.alert_id as "alertId",
      a.content #>> '{ask,whom,legislature}' as legislature, l.officeholder_id as officeholder,
      max(l.office ->> 'name') as name, l.office #>> '{chamber,id}' as chamber, l.office #>> '{division,id}' as division,
      count(*)::integer as letters
    from letter l join alert a using (organisation_id, alert_id)
    where ${underWay}
      and ${scope === undefined ? sql`true` : sql`l.organisation_id = ${scope.organisationId} and l.action_id = ${scope.actionId}`}
    group by 1, 2, 3, 4, 6, 7`.execute(db);
  return rows;
}

/** An action of which letters were stopped. */
export interface StoppedAction {
  readonly organisationId: number;
  readonly actionId: string;
  readonly letters: number;
}

/** The actions of which letters to an addressee are under way: at most so many. */
export async function actionsWaitingFor(
  db: Database,
  addressee: Addressee,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ actionId: string }>`
    select distinct l.action_id as "actionId" from letter l where ${waitingFor(addressee)}
    order by 1 limit ${most}`.execute(db);
  return rows.map(({ actionId }) => actionId);
}

interface Stop {
  readonly addressee: Addressee;
  readonly actionIds: readonly string[];
  readonly by: Mover;
  readonly at: Date;
}

/** Stops the letters of some actions to somebody who left office; nobody else gets them. Call it in a transaction. */
export async function stopLetters(db: Database, stop: Stop): Promise<readonly StoppedAction[]> {
  const { addressee, actionIds, by, at } = stop;
  const where = sql`${waitingFor(addressee)} and l.action_id = any(${actionIds}::uuid[])`;
  const move = { from: UNDER_WAY, to: 'stopped', reason: 'left_office', by, at } as const;
  const letterIds = await moveLettersWhere(db, where, move);
  if (letterIds.length === 0) return [];
  const { rows } = await sql<StoppedAction>`
    select organisation_id as "organisationId", action_id as "actionId", count(*)::integer as letters from letter
    where organisation_id = ${addressee.organisationId} and letter_id = any(${letterIds}::uuid[])
    group by 1, 2`.execute(db);
  return rows;
}

function waitingFor({ organisationId, alertId, officeholder, chamber, division }: Addressee) {
  return sql`l.organisation_id = ${organisationId} and l.alert_id = ${alertId}
    and l.officeholder_id = ${officeholder} and l.office #>> '{chamber,id}' = ${chamber}
    and l.office #>> '{division,id}' = ${division}
    and ${underWay}`;
}
