import { findAction, openSupporter } from '../../src/actions/find-action.js';
import type { TypedFacts } from '../../src/actions/write/constituent-fields.js';
import { importAlert } from '../../src/alerts/index.js';
import type { Context } from '../../src/context.js';
import { sql } from '../../src/database/index.js';
import { type LetterView, lettersOfAction } from '../../src/delivery/index.js';
import { importSet } from '../../src/legislatures/index.js';
import { alertFile, alertText } from './alert-text.js';
import { CONGRESS_MAIL, congressSet, openCongressMail, ZIPS } from './congress-set.js';
import { startTestServer, type TestServer } from './test-server.js';
import { until } from './until.js';

const MEASURE = 'measure:\n  number: H.R. 233\n  title: The Lamp Act\n  congress: 119\n  stance: pro';
const TOPICS = 'topics: [Energy, "Arts, Culture, Religion"]';

/** What the alerts ask: to write to all three of one's own. */
export const ASK =
  'ask:\n  request: Write\n  legislature: us-congress\n  chambers: [lower, upper]\n  until: 2027-03-31';

/** The facts as somebody types them. */
export const TYPED: TypedFacts = {
  given_name: ' Ada  Mae',
  family_name: 'Quill',
  prefix: 'Ms.',
  address_line1: '1 Quay Stair',
  address_line2: 'Flat 4',
  city: 'San Francisco',
  state: 'CA',
  zip: ZIPS.twelfth,
  phone: '(555) 555 0100',
};

/** The same as they go. */
export const SENT = {
  prefix: 'Ms.',
  firstName: 'Ada Mae',
  lastName: 'Quill',
  address1: '1 Quay Stair',
  address2: 'Flat 4',
  city: 'San Francisco',
  state: 'CA',
  zip: ZIPS.twelfth,
  phone: '555-555-0100',
};

/** A server with the fictional Congress and its alerts. */
export async function startCongressServer(
  variables: Readonly<Record<string, string>> = CONGRESS_MAIL,
): Promise<TestServer> {
  const server = await startTestServer({ variables });
  await publishCongress(server.context);
  await server.legislatures.refresh();
  return server;
}

/** Imports the fictional Congress and two alerts: `congress`, and `no-topic`, which does not say what it is about. */
export async function publishCongress(context: Context): Promise<void> {
  await importSet(context, { set: congressSet(), files: [], by: 'test', reason: 'test' });
  const request = { organisationId: 1, publish: true, replace: false, by: 'test' };
  const changes = { ask: ASK, measure: MEASURE, date: 'date: 2026-11-20', corrections: undefined };
  for (const [slug, extra] of [
    ['congress', TOPICS],
    ['no-topic', undefined],
  ] as const) {
    const file = alertFile(alertText({ ...changes, slug: `slug: ${slug}`, extra }));
    await importAlert(context, { ...request, file });
  }
}

/** The page on which somebody at a place writes. */
export async function writingPage(
  server: TestServer,
  { slug = 'congress', postcode = ZIPS.twelfth }: { slug?: string; postcode?: string } = {},
): Promise<string> {
  return (await server.post(`/alerts/${slug}/place`, { postcode })).text();
}

/** Has these offices listed as active, and waits until the server knows. */
export async function serveOffices(
  server: TestServer,
  active: { readonly house: readonly string[]; readonly senate: readonly string[] },
): Promise<void> {
  await openCongressMail(server.context, active);
  const byMail = active.house.length + active.senate.length > 0;
  await until(async () => (await writingPage(server)).includes('name="given_name"') === byMail || undefined);
}

/** What was kept of the youngest action: who acted, and the letters, opened, by officeholder. */
export async function youngestAction({ context }: TestServer) {
  const { rows } = await sql<{ actionId: string }>`
    select action_id as "actionId" from action order by action_id desc limit 1`.execute(context.db);
  const target = { organisationId: 1, actionId: rows[0]?.actionId ?? '' };
  const letters = await lettersOfAction(context, { ...target, withContent: true });
  const supporter = await openSupporter(context, await findAction(context.db, target));
  const byOfficeholder = new Map<string, LetterView>(
    letters.map((letter) => [letter.officeholderId, letter]),
  );
  return { supporter, letters: byOfficeholder };
}
