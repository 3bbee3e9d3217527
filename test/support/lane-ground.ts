import { sql } from '../../src/database/index.js';
import { wakeWorkers } from '../../src/delivery/index.js';
import { type LeasedLetter, leaseLetters } from '../../src/delivery/lease-letters.js';
import type { SendingChannel } from '../../src/delivery/office.js';
import { type DeliveryGround, type SeededLetter, type SeedLetter, seedLetters } from './delivery-ground.js';
import { waitFor } from './smtp-sink.js';

const MOST = 500;
const SECOND_MS = 1000;
const DONE_WITHIN_MS = 30_000;
const MOST_STEPS = 2000;

/** Letters of confirmed actions, queued now; many at a time. */
export async function queueLetters(
  ground: DeliveryGround,
  email: string,
  letters: number | readonly SeedLetter[],
): Promise<readonly SeededLetter[]> {
  const seeds: readonly SeedLetter[] =
    typeof letters === 'number' ? Array.from({ length: letters }, () => ({})) : letters;
  const seeded = await seedLetters(
    ground,
    seeds.map((seed) => ({ ...seed, office: { email, ...seed.office } })),
  );
  const now = ground.clock.now();
  const ids = seeded.map(({ letterId }) => letterId);
  await sql`update letter set state = 'queued', due_at = ${now} where letter_id = any(${ids}::uuid[])`.execute(
    ground.context.db,
  );
  await sql`update action set state = 'confirmed', confirmed_at = ${now}
    where action_id = any(${seeded.map(({ actionId }) => actionId)}::uuid[])`.execute(ground.context.db);
  return seeded;
}

interface LeaseOptions {
  readonly most?: number;
  readonly perHour?: number;
  readonly worker?: string;
  readonly channel?: SendingChannel;
}

/** One lease of letters, by mail where no other channel is given, as a worker asks for it. */
export function lease(
  { context, clock }: DeliveryGround,
  { most = MOST, perHour = 600, worker = 'test', channel = 'smtp' }: LeaseOptions = {},
): Promise<readonly LeasedLetter[]> {
  return leaseLetters(context.db, {
    workerId: worker,
    now: clock.now(),
    most,
    mailDomain: 'redress.example',
    channel,
    lettersPerHour: perHour,
  });
}

/** After how many milliseconds to lease again; may depend on how many seconds have passed. */
export type LeaseEvery = number | ((second: number) => number);

interface Running extends LeaseOptions {
  readonly seconds: number;
  readonly everyMs?: LeaseEvery;
}

/** Leases again and again while simulated time passes; answers when each letter went, in seconds from now on. */
export async function leaseWhile(
  ground: DeliveryGround,
  { seconds, everyMs = SECOND_MS, ...options }: Running,
): Promise<readonly { readonly second: number; readonly lane: string; readonly letterId: string }[]> {
  const began = ground.clock.now().getTime();
  const went: { second: number; lane: string; letterId: string }[] = [];
  while (ground.clock.now().getTime() <= began + seconds * SECOND_MS) {
    const second = (ground.clock.now().getTime() - began) / SECOND_MS;
    for (const { lane, letterId } of await lease(ground, options)) went.push({ second, lane, letterId });
    ground.clock.move(typeof everyMs === 'number' ? everyMs : everyMs(second));
  }
  return went;
}

/** The most letters in any span of so many seconds, its end left out. */
export function mostWithin(seconds: readonly number[], span: number): number {
  let [first, most] = [0, 0];
  for (const [index, second] of seconds.entries()) {
    while (second - (seconds[first] ?? 0) >= span) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Wakes the workers, and waits until they have done what is due at this business time. */
export async function doWhatIsDue(ground: DeliveryGround): Promise<void> {
  await wakeWorkers(ground.context.db);
  await waitFor(async () => ((await countToDo(ground)) === 0 ? true : undefined), DONE_WITHIN_MS);
}

/** Moves business time from one letter that is due to the next, until none is under way. */
export async function doAllThatComes(ground: DeliveryGround): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await doWhatIsDue(ground);
    const next = await nextToDo(ground);
    if (next === null) return;
    ground.clock.move(Math.max(SECOND_MS, next.getTime() - ground.clock.now().getTime()));
  }
  throw new Error('letters are still on their way');
}

/** Letters that are being sent, or are due and may go by their office's pace and breaker. */
async function countToDo({ context, clock }: DeliveryGround): Promise<number> {
  const now = clock.now();
  const { rows } = await sql<{ letters: number }>`
    select count(*)::int as letters from letter l left join office_lane o using (lane)
    where l.state = 'sending' or l.state = 'queued' and l.due_at <= ${now} and (o.lane is null
      or (case when o.opened_at is null then o.next_at else o.probe_at end) <= ${now})`.execute(context.db);
  return rows[0]?.letters ?? 0;
}

async function nextToDo({ context }: DeliveryGround): Promise<Date | null> {
  const { rows } = await sql<{ next: Date | null }>`
    select min(greatest(l.due_at, case when o.opened_at is null then o.next_at else o.probe_at end)) as next
    from letter l left join office_lane o using (lane) where l.state = 'queued'`.execute(context.db);
  return rows[0]?.next ?? null;
}
