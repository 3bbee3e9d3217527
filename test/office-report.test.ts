import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { deliveryCommands } from '../src/delivery/index.js';
import { FEWEST_SHOWN, hideSmall } from '../src/delivery/report/hide-small.js';
import { openBrowser } from './support/browser.js';
import { type DeliveryGround, openDeliveryGround, type SeededLetter } from './support/delivery-ground.js';
import { queueLetters } from './support/lane-ground.js';
import { runCommands } from './support/run-commands.js';

const DAY_MS = 86_400_000;
const COAST = 'ocd-division/country:zz/sd:1';
const HILLS = 'ocd-division/country:zz/cd:2';
const MOOR = 'ocd-division/country:zz/cd:3';
const QUELL = ['--alert', 'quays', '--office', 'quell'];

let ground: DeliveryGround;
let folder: string;

beforeAll(async () => {
  ground = await openDeliveryGround();
  folder = await mkdtemp(join(tmpdir(), 'redress-report-'));
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function report(...options: string[]): Promise<string> {
  const add = (program: Command) => deliveryCommands(program, () => ground.openAgain());
  return runCommands(add, ['office', 'report', ...options]);
}

interface Kind {
  readonly letters: number;
  readonly state: string;
  readonly acceptedBy?: 'office' | 'relay';
  readonly divisions: readonly string[];
  readonly text: string;
  readonly ownWords: number;
  readonly daysAgo: number;
}

/** In the writer's own words, yesterday, from the coast. */
const NOT_SENT = { divisions: [COAST], text: 'own', ownWords: 1, daysAgo: 1 } as const;
const RELAYED = { ...NOT_SENT, state: 'accepted', acceptedBy: 'relay' } as const;

/** Letters of people with a canary for a name, as they are after they went. */
async function seed(kind: Kind): Promise<readonly SeededLetter[]> {
  const { context, clock } = ground;
  const person = { name: 'CANARY Person', email: 'canary@supporter.example', message: 'CANARY\n' };
  const seeded = await queueLetters(
    ground,
    'quell@upper.example',
    Array.from({ length: kind.letters }, () => person),
  );
  const ids = seeded.map(({ letterId }) => letterId);
  const at = new Date(clock.now().getTime() - kind.daysAgo * DAY_MS);
  await sql`update action set divisions = ${kind.divisions}
    where action_id = any(${seeded.map(({ actionId }) => actionId)}::uuid[])`.execute(context.db);
  await sql`update letter set state = ${kind.state}, due_at = null, changed_at = ${at}, own_words = ${kind.ownWords},
    text_tag = convert_to(${kind.text} || case when ${kind.text} = 'own' then letter_id::text else '' end, 'UTF8')
    where letter_id = any(${ids}::uuid[])`.execute(context.db);
  await sql`insert into delivery (organisation_id, delivery_id, letter_id, channel, message_id, created_at, accepted_at, accepted_by)
    select organisation_id, gen_random_uuid(), letter_id, channel, gen_random_uuid(), ${at}, ${at}, ${kind.acceptedBy ?? null}
    from letter where letter_id = any(${ids}::uuid[])`.execute(context.db);
  return seeded;
}

test('nobody, or too few, are told of without any part', async () => {
  await expect(report('--alert', 'nothing', '--office', 'quell')).rejects.toThrow(
    'There is no published alert "nothing"',
  );
  await expect(report(...QUELL)).rejects.toThrow('Nobody wrote to "quell" on "quays"');
  await seed({ ...RELAYED, letters: 9, divisions: [COAST, HILLS], text: 'same', ownWords: 0 });
  const text = await report(...QUELL);
  expect(text).toContain('Fewer than 10 letters.');
  expect(JSON.parse(await report(...QUELL, '--json'))).toMatchObject({
    letters: 'few',
    ways: [],
    texts: [],
    divisions: [],
    weeks: [],
  });
});

test('the report counts what stands, apart by way, words, division and week, and hides small numbers', async () => {
  const { db } = ground.context;
  // With the nine of before: 40 in the suggested words.
  await seed({
    ...RELAYED,
    letters: 31,
    state: 'settled',
    divisions: [COAST, HILLS],
    text: 'same',
    ownWords: 0,
    daysAgo: 9,
  });
  await seed({ ...RELAYED, letters: 12, divisions: [COAST, MOOR], text: 'copied', ownWords: 0.3 });
  await seed({ ...RELAYED, letters: 14, acceptedBy: 'office', divisions: [COAST, HILLS], ownWords: 0.9 });
  await seed({ ...NOT_SENT, letters: 20, state: 'handed_over', divisions: [COAST, MOOR], ownWords: 0.1 });
  await seed({ ...RELAYED, letters: 4, divisions: [COAST, 'ocd-division/country:zz/cd:9'], daysAgo: 16 });
  // None of these counts.
  await seed({ ...RELAYED, letters: 30, state: 'bounced' });
  await seed({ ...NOT_SENT, letters: 30, state: 'waiting' });
  const disowned = await seed({ ...RELAYED, letters: 30 });
  await sql`update action set state = 'disavowed' where action_id = any(${disowned.map(({ actionId }) => actionId)}::uuid[])`.execute(
    db,
  );
  const takenBack = await seed({ ...RELAYED, letters: 30 });
  await sql`update letter set withdraw_reason = 'withdrawn' where letter_id = any(${takenBack.map(({ letterId }) => letterId)}::uuid[])`.execute(
    db,
  );

  const json = JSON.parse(await report(...QUELL, '--json'));
  expect(json).toMatchObject({
    letters: 90,
    ways: [
      { key: 'office', letters: 14 },
      { key: 'relay', letters: 56 },
      { key: 'handed_over', letters: 20 },
    ],
    texts: [
      { key: 'suggested', letters: 40 },
      { key: 'shared', letters: 12 },
      { key: 'partly_own', letters: 20 },
      { key: 'mostly_own', letters: 18 },
    ],
    sharedTexts: 1,
    divisions: [
      [{ key: 'Lantern Coast', letters: 90 }],
      // Four alone would be what is missing to ninety: the next one is withheld too.
      [
        { key: HILLS, letters: 54 },
        { key: MOOR, letters: 'withheld' },
        { key: 'ocd-division/country:zz/cd:9', letters: 'few' },
      ],
    ],
    weeks: [
      { key: '2026-11-02', letters: 'few' },
      { key: '2026-11-09', letters: 'withheld' },
      { key: '2026-11-16', letters: 55 },
    ],
  });
  const text = await report(...QUELL);
  expect(text).toContain('Letters to Senator Mira Quell');
  expect(text).toContain('  fewer than 10  ocd-division/country:zz/cd:9');
  expect(text).toContain('  not shown  ');
  expect(text).toContain('How this was counted');
  expect(text).toContain('mail that comes back is not read here');
  expect(text.toUpperCase()).not.toContain('CANARY');
});

test('the page for the office stands alone, and is printed on paper', async () => {
  const file = join(folder, 'report.html');
  expect(await report(...QUELL, '--html', file)).toBe(`Written to ${file}\n`);
  const html = await readFile(file, 'utf8');
  expect(html.toUpperCase()).not.toContain('CANARY');
  expect(html).not.toMatch(/<script|<link|<img|url\(/);
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
  await page.goto(`file://${file}`);
  expect(await page.title()).toBe('Letters to Senator Mira Quell');
  const [wide, tables] = await page.evaluate(() => [
    document.documentElement.scrollWidth <= innerWidth,
    document.querySelectorAll('table').length,
  ]);
  expect([wide, tables]).toEqual([true, 5]);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
  await browser.close();
  await expect(report(...QUELL, '--html', join(folder, 'none', 'x.html'))).rejects.toThrow(
    'cannot be written',
  );
});

test('no small number can be read from a report, or worked out from its total', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }), (numbers) => {
      const shown = hideSmall(numbers.map((letters, key) => ({ key, letters })));
      const visible = shown.flatMap(({ letters }) => (typeof letters === 'number' ? [letters] : []));
      for (const letters of visible) expect(letters === 0 || letters >= FEWEST_SHOWN).toBe(true);
      const rest = numbers.reduce((a, b) => a + b, 0) - visible.reduce((a, b) => a + b, 0);
      const hidden = shown.filter(({ letters }) => typeof letters !== 'number').length;
      // All that is known of the hidden ones together: nothing, or that they are ten or more and not one alone.
      if (numbers.some((letters) => letters >= FEWEST_SHOWN))
        expect(rest === 0 || (rest >= FEWEST_SHOWN && hidden > 1)).toBe(true);
    }),
    { numRuns: 2000, seed: 20_261_124 },
  );
});
