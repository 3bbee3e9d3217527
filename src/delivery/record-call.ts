import { type Database, sql } from '../database/index.js';
import type { CallOutcome } from './call-outcomes.js';
import { handOverLetter } from './end-letters.js';

const MOST_IN_VAIN = 20;

interface ReportedCall {
  readonly organisationId: number;
  readonly letterId: string;
  readonly callOutcome: CallOutcome;
  readonly at: Date;
}

/**
 * The supporter says how a call went. Whoever spoke with the office or left a message has handed the letter over;
 * a call in vain is noted, and the letter stays where it is. True when the letter was handed over.
 */
export async function recordCall(db: Database, call: ReportedCall): Promise<boolean> {
  const { callOutcome } = call;
  if (callOutcome === 'spoke' || callOutcome === 'left_message') {
    return handOverLetter(db, { ...call, way: 'by_telephone' });
  }
  await noteCall(db, call);
  return false;
}

async function noteCall(
  db: Database,
  { organisationId, letterId, callOutcome, at }: ReportedCall,
): Promise<void> {
  await sql`
    insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom, call_outcome)
    select l.organisation_id, l.letter_id, ${at}, l.state, l.state, 'called_in_vain', 'supporter', ${callOutcome}
    from letter l
    where l.organisation_id = ${organisationId} and l.letter_id = ${letterId}
      and l.state in ('held', 'waiting', 'queued', 'stopped', 'refused', 'bounced')
      and (select count(*) from letter_event e where e.organisation_id = l.organisation_id
        and e.letter_id = l.letter_id and e.reason = 'called_in_vain') < ${MOST_IN_VAIN}`.execute(db);
}
