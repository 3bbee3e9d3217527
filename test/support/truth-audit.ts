import { createHash } from 'node:crypto';
import { sql } from '../../src/database/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import type { DeliveryGround } from './delivery-ground.js';
import { decodedBody } from './smtp-sink.js';

interface AuditedLetter {
  readonly state: string;
  readonly messageId: string | null;
  readonly sha256: string;
  /** Tries of which no answer came: each may be a copy that the office has. */
  readonly unanswered: number;
}

const ARRIVED: ReadonlySet<string> = new Set(['accepted', 'settled', 'bounced']);

/**
 * Sets every letter that was ever queued against what the simulated offices have, byte for byte; answers what differs,
 * in words, and how many copies came beyond the first of each letter.
 */
export async function auditTruth({ context }: DeliveryGround, offices: Simulator) {
  const { rows } = await sql<AuditedLetter>`
    select l.state, btrim(d.message_id, '<>') as "messageId", encode(l.sha256, 'hex') as sha256,
      (select count(*)::int from letter_event e where e.organisation_id = l.organisation_id
        and e.letter_id = l.letter_id and e.reason in ('no_answer_after_data', 'lease_expired')) as unanswered
    from letter l left join delivery d using (organisation_id, letter_id, channel)
    where l.lane is not null order by l.sequence`.execute(context.db);
  const kept = Map.groupBy(
    offices.received().filter((message) => message.kept),
    ({ id }) => id,
  );
  const lies: string[] = [];
  let copies = 0;
  for (const letter of rows) {
    const { messageId, state, sha256, unanswered } = letter;
    const messages = kept.get(messageId ?? '') ?? [];
    kept.delete(messageId ?? '');
    if (ARRIVED.has(state) && messages.length === 0)
      lies.push(`${messageId}: ${state}, and no office has it`);
    const surely = ARRIVED.has(state) ? 1 : 0;
    if (messages.length > surely + unanswered)
      lies.push(`${messageId}: ${state}, and the office has it ${messages.length} times`);
    copies += Math.max(0, messages.length - 1);
    for (const { number } of messages) {
      const raw = offices.raw(number);
      const got = createHash('sha256')
        .update(raw === undefined ? '' : decodedBody(raw))
        .digest('hex');
      if (got !== sha256) lies.push(`${messageId}: the office has other bytes than were confirmed`);
    }
  }
  for (const id of kept.keys()) lies.push(`${id}: an office has it, and we know of no such letter`);
  return { letters: rows.length, copies, lies };
}
