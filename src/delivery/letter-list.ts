import type { Context } from '../context.js';
import { sql } from '../database/index.js';

const PAGE_SIZE = 500;

/** A letter as `redress letter list --json` prints it: no personal data. Times are RFC 3339. */
export interface ListedLetter {
  readonly id: string;
  /** The alert's slug. */
  readonly alert: string;
  /** The officeholder's id. */
  readonly office: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly sha256: string;
  readonly events: readonly {
    readonly at: string;
    readonly from: string | null;
    readonly to: string;
    readonly reason: string;
    /** Who of the staff decided it, and in which words; absent in what went by itself. */
    readonly by?: string;
    readonly note?: string;
  }[];
}

type Row = ListedLetter & { readonly sequence: number };

/** Every letter, oldest first, read page by page; of one alert when its slug is given. */
export async function* listLetters(context: Context, alertSlug?: string): AsyncGenerator<ListedLetter> {
  let after = 0;
  for (;;) {
    const rows = await readPage(context, after, alertSlug);
    for (const { sequence, ...letter } of rows) {
      yield letter;
      after = sequence;
    }
    if (rows.length < PAGE_SIZE) return;
  }
}

async function readPage(
  context: Context,
  after: number,
  alertSlug: string | undefined,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select l.sequence, l.letter_id as id, a.slug as alert, l.officeholder_id as office, l.channel, l.state, l.attempts,
      encode(l.sha256, 'hex') as sha256, coalesce(e.events, '[]') as events
    from letter l
    join alert a using (organisation_id, alert_id)
    cross join lateral (
      select json_agg(jsonb_build_object(
        'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'from', from_state, 'to', to_state,
        'reason', reason) || case when by_whom like 'staff:%' then jsonb_strip_nulls(jsonb_build_object(
        'by', by_whom, 'note', note)) else '{}' end order by event_id) as events
      from letter_event where organisation_id = l.organisation_id and letter_id = l.letter_id
    ) e
    where l.sequence > ${after} and (${alertSlug ?? null}::text is null or a.slug = ${alertSlug ?? null})
    order by l.sequence limit ${PAGE_SIZE}`.execute(context.db);
  return rows;
}
