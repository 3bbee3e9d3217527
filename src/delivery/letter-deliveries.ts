import { type Database, sql } from '../database/index.js';
import type { FailureReason } from './inbound/classify-failure.js';
import type { ChannelName } from './office.js';

/** One way that a letter took: its id, its tries, what the next system said, and what was reported after it went. */
export interface DeliveryView {
  readonly channel: ChannelName;
  /** The same over all tries, whatever their number. */
  readonly messageId: string;
  /** When the first try began. */
  readonly beganAt: Date;
  readonly tries: number;
  /** When the last try ended; `null` before that. */
  readonly triedAt: Date | null;
  /** `office`: straight to the office. `relay`: the operator's mail provider took it. `null`: by evidence, or not. */
  readonly acceptedBy: 'office' | 'relay' | null;
  readonly acceptedAt: Date | null;
  /** The name of the system that answered. */
  readonly host: string | null;
  /** What the next system said last, without addresses. */
  readonly answer: string | null;
  /** The last report that it came back, and why; in the mail system's words, without addresses. */
  readonly bouncedAt: Date | null;
  readonly bounceReason: FailureReason | null;
  readonly bounceAnswer: string | null;
  /** The first report of each kind. */
  readonly delayReportedAt: Date | null;
  readonly deliveryReportedAt: Date | null;
  readonly autoRepliedAt: Date | null;
  readonly complainedAt: Date | null;
}

interface LettersQuery {
  readonly organisationId: number;
  readonly letterIds: readonly string[];
}

/** Every way that letters took, by letter, in the order in which they were begun. */
export async function deliveriesOf(
  db: Database,
  { organisationId, letterIds }: LettersQuery,
): Promise<ReadonlyMap<string, readonly DeliveryView[]>> {
  const { rows } = await sql<DeliveryView & { readonly letterId: string }>`
    select letter_id as "letterId", channel, message_id as "messageId", created_at as "beganAt", tries,
      tried_at as "triedAt", accepted_by as "acceptedBy", accepted_at as "acceptedAt", host, answer,
      bounced_at as "bouncedAt", bounce_reason as "bounceReason", bounce_answer as "bounceAnswer",
      delay_reported_at as "delayReportedAt", delivery_reported_at as "deliveryReportedAt",
      auto_replied_at as "autoRepliedAt", complained_at as "complainedAt"
    from delivery where organisation_id = ${organisationId} and letter_id = any(${letterIds}::uuid[])
    order by created_at, delivery_id`.execute(db);
  const byLetter = Map.groupBy(rows, ({ letterId }) => letterId);
  return new Map(
    [...byLetter].map(([letterId, ways]) => [letterId, ways.map(({ letterId: _, ...way }) => way)]),
  );
}
