import { type Database, sql } from '../../database/index.js';
import { AppError } from '../../errors.js';

/** An office's address to which nothing can be sent any more, as far as mail systems told us. */
export interface DeadAddress {
  readonly address: string;
  readonly since: Date;
  readonly lastAt: Date;
  readonly bounces: number;
  readonly reason: 'no_such_address' | 'no_such_domain';
  /** The mail system's words, without addresses. */
  readonly answer: string | null;
}

/** All of them, oldest first. Their offices' letters take the next channel. */
export async function listDeadAddresses(db: Database): Promise<readonly DeadAddress[]> {
  const { rows } = await sql<DeadAddress>`
    select address, since, last_at as "lastAt", bounces, reason, answer from office_address
    where cleared_at is null order by since, mark_id`.execute(db);
  return rows;
}

interface Clearing {
  readonly email: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/**
 * Takes the mark off an address: letters go there again. A bounce of a letter from before does not bring it back.
 * @throws AppError `not_found` when the address has no mark.
 */
export async function clearDeadAddress(db: Database, { email, reason, by, at }: Clearing): Promise<void> {
  const { rows } = await sql`
    update office_address set cleared_at = ${at}, cleared_by = ${by}, cleared_reason = ${reason}
    where address = lower(${email}) and cleared_at is null returning 1`.execute(db);
  if (rows.length > 0) return;
  throw new AppError('not_found', {
    detail: `${email} has no mark. Those that have one: redress office address list`,
  });
}
