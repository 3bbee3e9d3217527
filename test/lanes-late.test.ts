import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLateOffices } from '../src/actions/index.js';
import { alertCommands } from '../src/alerts/index.js';
import { lateWords } from '../src/commands/late-words.js';
import { sql } from '../src/database/index.js';
import { laneOf } from '../src/delivery/index.js';
import { alertText } from './support/alert-text.js';
import { keepOpen, runCommands } from './support/run-commands.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startTestServer({ variables: { REDRESS_WORKER: 'off', REDRESS_OFFICE_PACE: '10' } });
  folder = await mkdtemp(join(tmpdir(), 'redress-late-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Letters that wait for an office of the demo. */
async function backlog(email: string, letters: number): Promise<void> {
  const { context, clock } = server;
  const { rows } = await sql<{
    alertId: string;
  }>`select alert_id as "alertId" from alert where slug = 'lamp'`.execute(context.db);
  await sql`
    with made as (
      select gen_random_uuid() as action_id, gen_random_uuid() as letter_id, uuid_send(gen_random_uuid()) as tag
      from generate_series(1, ${letters}::int)
    ), actions as (
      insert into action (organisation_id, action_id, alert_id, alert_version, kind, state, language, person_tag,
        idempotency_tag, content_tag, divisions, submitted_at, confirmed_at)
      select 1, action_id, ${rows[0]?.alertId}, 1, 'by_mail', 'confirmed', 'en', tag, tag, tag, '{}', ${clock.now()}, ${clock.now()}
      from made
    )
    insert into letter (organisation_id, letter_id, action_id, alert_id, person_tag, officeholder_id, office, channel,
      state, composer, sha256, content, text_tag, own_words, changed_at, due_at)
    select 1, letter_id, action_id, ${rows[0]?.alertId}, tag, 'x', jsonb_build_object('name', 'X', 'email', ${email}::text),
      'smtp', 'queued', 1, sha256(tag), sha256(tag), tag, 1, ${clock.now()}, ${clock.now()} from made`.execute(
    context.db,
  );
}

async function mailOffices(): Promise<readonly string[]> {
  const people = server.legislatures.current('demo')?.officeholders.values() ?? [];
  return [...people].flatMap(({ office }) => office.emails[0] ?? []);
}

test('the lane of an office is the one that the database gives its letters', async () => {
  await publishTestAlert(server.context, { until: '2026-12-01' });
  const office = { name: 'X', email: 'Mixed.Case@Upper.example', code: 'HCA12' };
  for (const channel of ['smtp', 'cwc_house', 'cwc_senate'] as const) {
    const { rows } = await sql<{ lane: string }>`
      with made as (select ${channel}::text as channel, ${JSON.stringify(office)}::jsonb as office)
      select case when channel = 'smtp' then 'smtp:' || coalesce(lower(office ->> 'email'), '')
        else channel || ':' || coalesce(office ->> 'code', '') end as lane from made`.execute(
      server.context.db,
    );
    expect(laneOf(channel, office)).toBe(rows[0]?.lane);
  }
  expect(laneOf('paper', office)).toBeUndefined();
});

test('whoever publishes an alert is told which of its offices have longer queues than it has time', async () => {
  const { context, clock } = server;
  const name = { organisationId: 1, slug: 'lamp' };
  expect(lateWords(await findLateOffices(context, name))).toBeUndefined();
  const [slow = '', other = '', paused = ''] = await mailOffices();
  // Eight days are left; at 10 an hour that is some 2,000.
  await backlog(slow, 3000);
  await backlog(other, 500);
  await backlog(paused, 1);
  await sql`insert into office_lane (lane, channel, paused_at) values (${`smtp:${paused.toLowerCase()}`}, 'smtp', ${clock.now()})`.execute(
    context.db,
  );
  const found = await findLateOffices(context, name);
  expect(found?.late.map(({ lane }) => lane)).toEqual(
    [`smtp:${paused}`, `smtp:${slow}`].map((lane) => lane.toLowerCase()),
  );
  const words = lateWords(found);
  expect(words).toMatch(
    /queues are expected to last longer than the alert, which ends 2026-12-02T12:00Z: 2 of the \d+ /,
  );
  expect(words).toContain(`  smtp:${slow.toLowerCase()}: 3000 letters before, done about 2026-12-0`);
  expect(words).toContain(`  smtp:${paused.toLowerCase()}: 1 letter before, paused by staff`);
  await publishTestAlert(context, { slug: 'later', until: '2027-06-30' });
  expect((await findLateOffices(context, { organisationId: 1, slug: 'later' }))?.late).toHaveLength(1);
});

test('the command that publishes says so, and publishes all the same', async () => {
  const file = join(folder, 'soon.md');
  const ask = 'ask:\n  request: Write\n  legislature: demo\n  chambers: [lower, upper]\n  until: 2026-12-01';
  await writeFile(file, alertText({ slug: 'slug: soon', ask }));
  const services = {
    open: async () => keepOpen(server.context),
    goesByCongressMail: async () => false,
    warningOf: async (...asking: Parameters<typeof findLateOffices>) =>
      lateWords(await findLateOffices(...asking)),
  };
  const add = (program: Command) => alertCommands(program, services);
  const text = await runCommands(add, ['alert', 'import', file, '--publish']);
  expect(text).toContain('Imported "soon" (version 1).');
  expect(text).toContain('Warning: offices whose queues');
});
