import { findOrganisation } from '../src/accounts/index.js';
import { sql } from '../src/database/index.js';
import { leaseLetters } from '../src/delivery/lease-letters.js';
import { openLetterSettler, settlementOf } from '../src/delivery/settle-letters.js';
import type { OpenedContext } from '../src/open-context.js';
import type { Ground } from './ground.js';
import { median, printFigure, printRatio } from './report.js';

const BACKLOG = Number(process.env.BENCH_BACKLOG ?? 1_000_000);
const SHORT_BACKLOG = 50_000;
const TENTHS = 10;
const OFFICES = 541;
const LEASE = 500;
const NO_LIMIT = 100_000_000;
const WORKER = 'bench';
/** How much slower a letter of a long queue may be: a lease costs by the offices, not by the letters that wait. */
const FLAT = 0.8;

/** Leases letters of a long queue and stores their outcomes, with nothing sent between, against a short queue. */
export async function measureLetterQueue({ context, alert }: Ground): Promise<void> {
  await fillQueue(context, alert.alertId, SHORT_BACKLOG);
  const short = median(await drainQueue(context, SHORT_BACKLOG));
  await fillQueue(context, alert.alertId, BACKLOG);
  const begin = performance.now();
  const tenths = await drainQueue(context, BACKLOG);
  const seconds = (performance.now() - begin) / 1000;
  printRatio({ name: 'letter-queue', goal: FLAT, rounds: tenths.map((ours) => ({ ours, bare: short })) });
  const [first = 0, last = 0] = [tenths[0], tenths.at(-1)];
  printFigure(
    `${grouped(BACKLOG)} letters to ${OFFICES} offices leased and settled in ${seconds.toFixed(0)} s`,
  );
  printFigure(
    `first tenth ${grouped(first)}/s, last ${grouped(last)}/s; ${grouped(short)}/s of ${grouped(SHORT_BACKLOG)}`,
  );
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Queued letters, each of another person, as confirming leaves them; their texts are never opened. */
async function fillQueue(context: OpenedContext, alertId: string, letters: number): Promise<void> {
  const { organisationId } = await findOrganisation(context);
  const now = context.clock.now();
  await sql`
    with made as (
      select gen_random_uuid() as action_id, gen_random_uuid() as letter_id, uuid_send(gen_random_uuid()) as tag, n
      from generate_series(1, ${letters}::int) as n
    ), actions as (
      insert into action (organisation_id, action_id, alert_id, alert_version, kind, state, language, person_tag,
        idempotency_tag, content_tag, divisions, submitted_at)
      select ${organisationId}, action_id, ${alertId}, 1, 'by_mail', 'confirmed', 'en', tag, tag, tag, '{}', ${now}
      from made
    )
    insert into letter (organisation_id, letter_id, action_id, alert_id, person_tag, officeholder_id, office, channel,
      state, composer, sha256, content, text_tag, own_words, changed_at, due_at)
    select ${organisationId}, letter_id, action_id, ${alertId}, tag, 'office-' || n % ${OFFICES},
      jsonb_build_object('name', 'Office', 'title', '', 'email', 'office-' || n % ${OFFICES} || '@upper.example'),
      'smtp', 'queued', 1, sha256(tag), sha256(tag), tag, 1, ${now}, ${now} from made`.execute(context.db);
  await sql`vacuum analyze letter, action`.execute(context.db);
}

/** Letters per second of each tenth of the queue. */
async function drainQueue(context: OpenedContext, letters: number): Promise<readonly number[]> {
  const settler = openLetterSettler(context.db, WORKER);
  const rates: number[] = [];
  let [done, begin] = [0, performance.now()];
  while (rates.length < TENTHS) {
    const now = context.clock.now();
    const leasing = { workerId: WORKER, now, most: LEASE, mailDomain: 'bench.example' };
    const leased = await leaseLetters(context.db, { ...leasing, channel: 'smtp', lettersPerHour: NO_LIMIT });
    const accepted = { kind: 'accepted', by: 'relay', answer: '250 OK', host: 'bench' } as const;
    await Promise.all(leased.map((letter) => settler.submit(settlementOf(letter, accepted, now))));
    done += leased.length;
    if (done * TENTHS < letters) continue;
    rates.push(done / ((performance.now() - begin) / 1000));
    [done, begin] = [0, performance.now()];
  }
  return rates;
}
