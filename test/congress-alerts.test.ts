import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setOrganisation } from '../src/accounts/index.js';
import {
  BILL_TYPES,
  type BillType,
  billOf,
  CONGRESS_TOPICS,
  importAlert,
  readAlertFile,
} from '../src/alerts/index.js';
import { sql } from '../src/database/index.js';
import { alertFile, alertText, lineOf, problemsOf } from './support/alert-text.js';
import { openTestContext } from './support/test-context.js';
import { sized } from './support/trial.js';

const MEASURE = 'measure:\n  number: H.R. 233\n  title: An Act to keep the lamp';
const byCongressMail = async (): Promise<boolean> => true;

async function problemsToCongress(text: string): Promise<string[]> {
  const refused = await readAlertFile(alertFile(text), byCongressMail).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return refused.split('\n').filter((line) => line !== '');
}

describe('the bill that a measure cites', () => {
  const billWithin119 = (number: string) => billOf({ number, congress: 119 });

  test.each([
    ['H.R. 233', 'hr', 233],
    ['HR 233', 'hr', 233],
    ['hr233', 'hr', 233],
    ['H. R. 1', 'hr', 1],
    ['H.Res. 5', 'hres', 5],
    ['H. Con. Res. 40', 'hconres', 40],
    ['H.Con.Res 40', 'hconres', 40],
    ['H.J.Res. 7', 'hjres', 7],
    ['H.Amdt. 41', 'hamdt', 41],
    ['S. 12', 's', 12],
    ['S 12', 's', 12],
    ['S.Res. 9', 'sres', 9],
    ['S.J.Res.3', 'sjres', 3],
    ['S. Con. Res. 8', 'sconres', 8],
    ['S.Amdt. 2137', 'samdt', 2137],
  ] as const)('%s', (text, type, number) =>
    expect(billWithin119(text)).toEqual({ congress: 119, type, number }),
  );

  test.each([
    '',
    'House Bill 47',
    'Bill 12',
    'HB 47',
    'SB 47',
    'H.R.',
    'H.R. 0',
    'H.R. 0233',
    'H.R. 233 and S. 12',
    'H.R. 233a',
    'H.R. 123456',
    'H.R. 1.2',
    'PL 119-4',
    '233',
    'H.R. ٢٣',
  ])('%j is none', (text) => expect(billWithin119(text)).toBeUndefined());

  test('is none where nobody says before which Congress', () => {
    expect(billOf({ number: 'H.R. 233', congress: null })).toBeUndefined();
  });

  test('is read from every way of writing it, and back', () => {
    const letters: Readonly<Record<BillType, readonly string[]>> = {
      hr: ['H', 'R'],
      hres: ['H', 'Res'],
      hjres: ['H', 'J', 'Res'],
      hconres: ['H', 'Con', 'Res'],
      hamdt: ['H', 'Amdt'],
      s: ['S'],
      sres: ['S', 'Res'],
      sjres: ['S', 'J', 'Res'],
      sconres: ['S', 'Con', 'Res'],
      samdt: ['S', 'Amdt'],
    };
    const bill = fc.record({
      type: fc.constantFrom(...BILL_TYPES),
      number: fc.integer({ min: 1, max: 99_999 }),
      congress: fc.integer({ min: 1, max: 999 }),
    });
    const joint = fc.constantFrom('', '.', ' ', '. ');
    const change = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => text.toUpperCase(),
    );
    fc.assert(
      fc.property(bill, joint, change, ({ type, number, congress }, between, changed) => {
        const text = changed([...letters[type], number].join(between));
        expect(billOf({ number: text, congress })).toEqual({ type, number, congress });
      }),
      { numRuns: sized(1000, 100_000) },
    );
  });

  test('is never made up: what is read says the same letters and digits as what was written', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[hsHS][a-zA-Z. ]{0,9}\d{0,6}[ a-z]?$/)),
        (text) => {
          const bill = billWithin119(text);
          if (bill === undefined) return;
          expect(BILL_TYPES).toContain(bill.type);
          expect(`${bill.type}${bill.number}`).toBe(text.replace(/[\s.]/g, '').toLowerCase());
        },
      ),
      { numRuns: sized(1000, 100_000) },
    );
  });
});

describe('an alert file', () => {
  test('says what its letters are about, and for or against what', async () => {
    const text = alertText({
      measure: `${MEASURE}\n  congress: 119\n  stance: con`,
      variants: undefined,
      extra: 'topics: [Education, "Arts, Culture, Religion"]',
    });
    const { content } = await readAlertFile(alertFile(text), byCongressMail);
    expect(content.topics).toEqual(['Education', 'Arts, Culture, Religion']);
    expect(content.measure).toMatchObject({ number: 'H.R. 233', congress: 119, stance: 'con' });
  });

  test('says none of it where it need not', async () => {
    const { content } = await readAlertFile(alertFile(alertText()));
    expect([content.topics, content.measure?.congress, content.measure?.stance]).toEqual([[], null, null]);
  });

  test.each([
    [
      'topics: [Arts, Culture]',
      'topics[1] is no topic of the Library of Congress: did you mean "Arts, Culture, Religion", in quotes?',
    ],
    [
      'topics: [education]',
      'topics[1] is no topic of the Library of Congress: did you mean "Education", in quotes?',
    ],
    [
      'topics: [Goverment Operations and Politics]',
      'did you mean "Government Operations and Politics", in quotes?',
    ],
    [
      'topics: [Harbours]',
      'topics[1] is no topic of the Library of Congress: docs/alert-file.md lists all 32',
    ],
    ['topics: Education', 'topics must be a list: write [one, another], or one per line behind "- "'],
    ['topics: [Education, Education]', 'topics lists something twice: remove one'],
    ['topics: []', 'topics is empty: list something, or remove it'],
  ])('with %s is refused with its line', async (extra, message) => {
    const text = alertText({ extra });
    const problems = await problemsOf(text);
    expect(problems.join('\n')).toContain(message);
    expect(problems[0]).toMatch(new RegExp(`^alert\\.md:${lineOf(text, 'topics')}:`));
  });

  test.each([
    ['  congress: 119th', 'measure.congress must be the number of a Congress, such as 119'],
    ['  congress: 0', 'measure.congress must be the number of a Congress, such as 119'],
    ['  stance: for', 'measure.stance must be one of: pro, con'],
  ])('whose measure has %s is refused with its line', async (line, message) => {
    const text = alertText({ measure: `${MEASURE}\n${line}` });
    expect(await problemsOf(text)).toContain(`alert.md:${lineOf(text, line)}: ${message}`);
  });

  test('with a Congress for what is no bill of it is refused', async () => {
    const text = alertText({ measure: MEASURE.replace('H.R. 233', 'House Bill 233\n  congress: 119') });
    expect(await problemsOf(text)).toEqual([
      `alert.md:${lineOf(text, '  congress')}: House Bill 233 is no bill or resolution of the Congress: write the number as H.R. 233 or S.Con.Res. 5, or remove measure.congress`,
    ]);
  });

  test('whose letters may go by a mail system of the Congress is told what that wants, all at once', async () => {
    const text = alertText({ measure: MEASURE });
    expect(await problemsOf(text)).toEqual([]);
    expect(await problemsToCongress(text)).toEqual([
      'alert.md:2: topics is missing: the mail systems of the Congress want one of 32 (docs/alert-file.md)',
      `alert.md:${lineOf(text, '  number:')}: measure.congress is missing: say before which Congress H.R. 233 is, such as 119`,
    ]);
    expect(await problemsToCongress(alertText({ extra: 'topics: [Law]' }))).toEqual([]);
    expect(
      await problemsToCongress(
        alertText({
          extra: 'topics: [Law]',
          measure: undefined,
          variants: undefined,
          letter: 'letter: { subject: a, message: b }',
        }),
      ),
    ).toEqual([]);
  });

  test('is documented with every topic', () => {
    const docs = readFileSync('docs/alert-file.md', 'utf8').replaceAll('\n', ' ');
    for (const topic of CONGRESS_TOPICS) expect(docs).toContain(topic);
  });
});

test('an alert that was stored before any of this opens, and its file changes nothing', async () => {
  await using opened = await openTestContext();
  const { context } = opened;
  const { db } = context;
  const { organisationId } = await setOrganisation(context, {
    slug: 'lamps',
    name: 'Lamps',
    language: 'en',
    contactEmail: 'post@lamps.example',
    postalAddress: 'Quay 1',
  });
  const request = { organisationId, publish: false, replace: false, by: 'test' };
  await importAlert(context, { ...request, file: alertFile(alertText()) });
  const plain = alertText({
    slug: 'slug: plain',
    measure: undefined,
    variants: undefined,
    letter: 'letter: { subject: a, message: b }',
  });
  await importAlert(context, { ...request, file: alertFile(plain) });
  const contents = async () =>
    (await sql`select content from alert union all select content from alert_version`.execute(db)).rows;
  const current = await contents();
  for (const table of ['alert', 'alert_version']) {
    await sql`update ${sql.table(table)} set content = (content - 'topics' || '{"format": 1}') #- '{measure,congress}'
      #- '{measure,stance}'`.execute(db);
  }
  expect(await contents()).not.toEqual(current);
  await sql.raw(readFileSync('src/database/migrations/0014_campaign_facts.sql', 'utf8')).execute(db);
  expect(await contents()).toEqual(current);
  for (const text of [alertText(), plain]) {
    const again = await importAlert(context, { ...request, file: alertFile(text) });
    expect(again.outcome).toBe('unchanged');
  }
});
