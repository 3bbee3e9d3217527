import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FileFields } from '../src/alerts/file/file-fields.js';
import { PLACEHOLDERS, readAlertFile } from '../src/alerts/index.js';
import { alertFile, alertText, type FieldChanges, lineOf, problemsOf } from './support/alert-text.js';
import { TINY } from './support/picture-bytes.js';

const PICTURES = `pictures:
  - file: lamp.png
    alt: A lamp
    caption: The lamp in May
    credit: Mira Oss`;

describe('a right alert file', () => {
  test('is read whole', async () => {
    const { slug, content, pictures } = await readAlertFile(
      alertFile(alertText({ pictures: PICTURES }), { 'lamp.png': TINY.png }),
    );
    expect(slug).toBe('keep-the-lamp');
    expect(content).toMatchObject({
      format: 2,
      language: 'en',
      headline: 'Keep the lamp lit',
      ask: {
        whom: { kind: 'mine', legislature: 'demo', chambers: ['lower', 'upper'] },
        until: '2026-06-30',
        topic: 'Harbours',
        maximum: 25,
      },
      measure: {
        number: 'Bill 12',
        sponsors: [
          { name: 'Ida Brandt', chamber: 'Assembly', officeholder: 'person-1' },
          { name: 'Tomas Reer', chamber: null, officeholder: null },
        ],
        positions: [
          { officeholder: 'person-1', position: 'sponsor' },
          { officeholder: 'person-2', position: 'cosponsor' },
          { officeholder: 'person-3', position: 'against' },
        ],
      },
      report: { source: { publisher: 'The Harbour Gazette', author: 'Jon Veld', dateline: 'OSTREL, 3 May' } },
      rights: { basis: 'licensed', licence: null, notice: 'Reprinted with permission.' },
    });
    expect(content.corrections.map(({ date }) => date)).toEqual(['2026-05-06', '2026-05-05']);
    expect(content.report.pictures).toEqual([
      expect.objectContaining({
        file: 'lamp.png',
        mediaType: 'image/png',
        width: 7,
        height: 5,
        alt: 'A lamp',
      }),
    ]);
    expect(content.report.pictures[0]).not.toHaveProperty('bytes');
    expect(pictures[0]?.bytes).toEqual(TINY.png);
  });

  test('needs only what every alert has', async () => {
    const changes: FieldChanges = {
      slug: undefined,
      byline: undefined,
      publisher: undefined,
      measure: undefined,
      variants: undefined,
      source: undefined,
      corrections: undefined,
      ask: 'ask:\n  request: Write to them\n  legislature: demo\n  people: [person-1, person-2]\n  maximum: 40',
      letter: 'letter:\n  subject: The lamp\n  message: Please keep it.',
      rights: 'rights: { basis: own-work }',
    };
    const { slug, content } = await readAlertFile(alertFile(alertText(changes, 'One line.')));
    expect(slug).toBe('alert');
    expect(content.ask).toMatchObject({
      whom: { kind: 'named', officeholders: ['person-1', 'person-2'] },
      until: null,
      maximum: 40,
    });
    expect([content.measure, content.byline, content.report.source]).toEqual([null, null, null]);
    expect(content.topics).toEqual([]);
    expect(content.letter).toEqual({ subject: 'The lamp', statement: '', message: 'Please keep it.\n' });
  });

  test('may have a byte order mark and line ends of any kind', async () => {
    const text = alertText();
    const plain = await readAlertFile(alertFile(text));
    for (const end of ['\r\n', '\r']) {
      expect(await readAlertFile(alertFile(`\ufeff${text.replaceAll('\n', end)}`))).toEqual(plain);
    }
  });

  test('says "no" for Norwegian, and keeps numbers as they were written', async () => {
    const { content } = await readAlertFile(
      alertFile(alertText({ language: 'language: no', headline: 'headline: 007' })),
    );
    expect([content.language, content.headline]).toEqual(['no', '007']);
  });
});

describe('a field of an alert file', () => {
  const required = ['language', 'headline', 'standfirst', 'date', 'ask', 'letter', 'rights'] as const;
  test.each(required)('%s is told when it is missing', async (name) => {
    expect(await problemsOf(alertText({ [name]: undefined }))).toContain(
      `alert.md:2: ${name} is missing: add it`,
    );
  });

  test.each([
    ['ask.request', { ask: 'ask:\n  legislature: demo\n  chambers: [lower]' }],
    ['ask.legislature', { ask: 'ask:\n  request: Write\n  chambers: [lower]' }],
    ['letter.subject', { letter: 'letter:\n  message: Please.' }],
    [
      'measure.title',
      {
        measure: 'measure:\n  number: "{{1}}"',
        letter: 'letter: { subject: a, message: b }',
        variants: undefined,
      },
    ],
    ['measure.sponsors[1].name', { measure: 'measure: { number: a, title: b, sponsors: [{ chamber: c }] }' }],
    ['source.publisher', { source: 'source:\n  author: Jon Veld' }],
    ['rights.basis', { rights: 'rights:\n  notice: Ours.' }],
    ['corrections[1].text', { corrections: 'corrections:\n  - date: 2026-05-05' }],
    ['pictures[1].alt', { pictures: 'pictures:\n  - file: lamp.png\n    caption: c\n    credit: d' }],
    ['pictures[1].caption', { pictures: 'pictures:\n  - file: lamp.png\n    alt: c\n    credit: d' }],
    ['pictures[1].credit', { pictures: 'pictures:\n  - file: lamp.png\n    alt: c\n    caption: d' }],
    ['variants[1].position', { variants: 'variants:\n  - subject: Thanks' }],
  ] as const)('%s is told when it is missing, with its line', async (name, changes) => {
    const text = alertText(changes);
    const group = name.split(/[.[]/)[0] ?? '';
    const missing = (await problemsOf(text, { 'lamp.png': TINY.png })).filter((problem) =>
      problem.endsWith(`: ${name} is missing: add it`),
    );
    expect(missing).toHaveLength(1);
    const line = Number(missing[0]?.split(':')[1]);
    expect(line - lineOf(text, `\n${group}:`)).toBeGreaterThanOrEqual(1);
    expect(line - lineOf(text, `\n${group}:`)).toBeLessThanOrEqual(2);
  });

  test.each([
    ['headline', 'headline: [a, b]', 'headline must be text'],
    ['headline', `headline: ${'x'.repeat(301)}`, 'headline is too long: shorten it to 300 characters'],
    ['headline', 'headline: "  "', 'headline is empty: write it, or remove the line'],
    ['headline', 'headline: "\\u200b\\0"', 'headline is empty: write it, or remove the line'],
    ['headline', 'headline:', 'headline is empty: write it, or remove the line'],
    ['language', 'language: english language', 'language must be a language tag, such as en or pt-BR'],
    [
      'slug',
      'slug: Keep the Lamp',
      'slug must be made of lower-case letters, digits and hyphens, such as keep-the-lamp',
    ],
    [
      'slug',
      'slug: ../../etc',
      'slug must be made of lower-case letters, digits and hyphens, such as keep-the-lamp',
    ],
    ['date', 'date: 4 May 2026', 'date must be a date written YYYY-MM-DD'],
    ['date', 'date: 2026-02-30', '2026-02-30 is not in the calendar'],
    ['ask', 'ask: Write to them', 'ask must be a group of fields: put each on a line of its own, indented'],
    [
      'rights',
      'rights: { basis: stolen }',
      'rights.basis must be one of: own-work, licensed, creative-commons, fair-use, fair-dealing, quotation',
    ],
    [
      'rights',
      'rights: { basis: creative-commons }',
      'rights.licence is missing: name the Creative Commons licence, such as CC-BY-4.0',
    ],
    [
      'rights',
      'rights: { basis: creative-commons, licence: WTFPL }',
      'rights.licence must be the SPDX name of a Creative Commons licence, such as CC-BY-4.0',
    ],
    [
      'rights',
      'rights: { basis: own-work, licence: CC-BY-4.0 }',
      'rights.licence goes with the basis creative-commons only: remove it',
    ],
    [
      'source',
      'source: { publisher: P, address: "javascript:alert(1)" }',
      'source.address must be a whole address that begins with https:// or http://',
    ],
    ['source', 'source: { publisher: P, address: "https://[" }', 'https://[ is no address of a page'],
    ['source', undefined, 'the basis licensed needs a source: say who published the original'],
    ['corrections', 'corrections: []', 'corrections is empty: list something, or remove it'],
    ['corrections', 'corrections: [{ date: 2026-13-01, text: a }]', '2026-13-01 is not in the calendar'],
    [
      'measure',
      'measure: { number: a, title: b, positions: { p: maybe } }',
      'measure.positions.p must be one of: sponsor, cosponsor, for, against, none',
    ],
    [
      'measure',
      'measure: { number: a, title: b, positions: { "a b": for } }',
      'this is no id of an officeholder',
    ],
    [
      'variants',
      'variants: [{ position: [for, for], subject: a }]',
      'variants[1].position lists something twice: remove one',
    ],
    [
      'variants',
      'variants: [{ position: [for], subject: a }, { position: [for, none], subject: b }]',
      'the position for is taken by variants[1]: name it once',
    ],
    [
      'variants',
      'variants: [{ position: [for] }]',
      'this variant changes nothing: add a subject, statement or message, or remove it',
    ],
    [
      'measure',
      undefined,
      'variants go by the position on a measure, and there is no measure: add one, or remove the variants',
    ],
    [
      'letter',
      'letter: { subject: a }',
      'the letter says nothing: add a statement (yours) or a message (words for the supporter)',
    ],
    [
      'letter',
      `letter: { subject: a, message: ${'x'.repeat(10_001)} }`,
      'letter.message is too long: shorten it to 10000 characters',
    ],
    ['extra', 'standfrist: a', 'unknown field standfrist: did you mean standfirst?'],
    ['extra', 'zzz: a', /^unknown field zzz: the fields here are slug, language, /],
    ['extra', '__proto__: { admin: true }', 'this is no name of a field'],
    ['extra', 'constructor: { prototype: { admin: true } }', 'this is no name of a field'],
    ['extra', 'headline: again', 'this field stands here twice: remove one'],
    ['extra', '? [a, b]\n: c', 'this is no name of a field'],
  ] as const)('%s: "%s" is told', async (name, field, message) => {
    const problems = await problemsOf(alertText({ [name]: field }));
    const messages = problems.map((problem) => problem.replace(/^alert\.md:\d+: /, ''));
    expect(messages).toContainEqual(
      typeof message === 'string' ? expect.stringMatching(escaped(message)) : expect.stringMatching(message),
    );
  });

  test.each([
    [
      'chambers and people',
      'chambers: [lower]\n  people: [p]',
      'ask has both chambers and people: keep one of them',
    ],
    [
      'neither',
      'topic: a',
      'ask says not whom to write to: add chambers (my officeholders in these), people (their ids), committee, everybody or choose',
    ],
    ['one twice', 'people: [p, p]', 'ask.people lists something twice: remove one'],
    ['no maximum', 'people: [p]\n  maximum: 0', 'ask.maximum must be a whole number from 1 to 9999'],
    ['a day that is none', 'people: [p]\n  until: 2026-06-31', '2026-06-31 is not in the calendar'],
    [
      'a time without offset',
      'people: [p]\n  until: 2026-06-30T18:00',
      'ask.until must be a date written YYYY-MM-DD, or a time with its offset: 2026-06-30T18:00+02:00',
    ],
    [
      'an end before the date',
      'people: [p]\n  until: 2026-05-01',
      "the ask ends before the alert's date, 2026-05-04",
    ],
  ])('ask with %s is told', async (_, rest, message) => {
    const problems = await problemsOf(
      alertText({ ask: `ask:\n  request: Write\n  legislature: demo\n  ${rest}` }),
    );
    expect(problems.join('\n')).toContain(message);
  });

  test('is never the way to the prototype of all objects', async () => {
    await problemsOf(
      alertText({ extra: '__proto__: { polluted: true }\n"constructor": { prototype: { polluted: true } }' }),
    );
    const { content } = await readAlertFile(
      alertFile(alertText({ measure: 'measure: { number: a, title: b, positions: { p: for } }' })),
    );
    expect(content).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a placeholder', () => {
  test('that nobody knows is told with its line, at each place', async () => {
    const letter = `letter:
  subject: "About {{measure.nmae}}"
  statement: |
    First line.

    {{constituent.name}} and {{constituent.nmae}}
  message: >
    Folded
    text {{officeholder.name}}
    and {{officeholder.nam}}.`;
    const text = alertText({ letter });
    expect(await problemsOf(text)).toEqual([
      `alert.md:${lineOf(text, '{{measure.nmae}}')}: unknown placeholder {{measure.nmae}}: did you mean {{measure.number}}?`,
      `alert.md:${lineOf(text, '{{constituent.nmae}}')}: unknown placeholder {{constituent.nmae}}: did you mean {{constituent.name}}?`,
      `alert.md:${lineOf(text, '{{officeholder.nam}}')}: unknown placeholder {{officeholder.nam}}: did you mean {{officeholder.name}}?`,
    ]);
  });

  test('in a variant, or with braces that do not match, is told too', async () => {
    const variants = `variants:
  - position: [for]
    statement: |
      {{name}}
  - position: [against]
    message: |
      one }} two
      {{`;
    const text = alertText({ variants });
    const problems = await problemsOf(text);
    expect(problems.map((problem) => Number(problem.split(':')[1]))).toEqual([
      lineOf(text, '{{name}}'),
      lineOf(text, 'one }}'),
      lineOf(text, '      {{\n'),
    ]);
  });

  test('that could not be filled in is told: no measure, no status, a name in the subject', async () => {
    const without = { measure: undefined, variants: undefined };
    const [line] = await problemsOf(alertText(without));
    expect(line).toMatch(/\{\{measure\.number\}\} needs a measure/);
    const letter = 'letter:\n  subject: From {{constituent.name}}\n  message: It is {{measure.status}}.';
    const problems = await problemsOf(alertText({ letter, measure: 'measure: { number: a, title: b }' }));
    expect(problems.join('\n')).toMatch(/cannot stand in a subject.*\n.*needs measure\.status/);
  });

  test('that is known is taken everywhere', async () => {
    const message = PLACEHOLDERS.map((name) => `{{${name}}}`).join(' ');
    expect(await problemsOf(alertText({ letter: `letter:\n  subject: a\n  message: "${message}"` }))).toEqual(
      [],
    );
  });
});

function escaped(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

describe('docs/alert-file.md', () => {
  const docs = readFileSync(new URL('../docs/alert-file.md', import.meta.url), 'utf8');

  test('has an example that is taken as it stands', async () => {
    const example = /```markdown\n(.*?)```/s.exec(docs)?.[1] ?? '';
    expect(await problemsOf(example)).toEqual([]);
  });

  test('names every field and every placeholder', () => {
    const names = fieldNames(FileFields);
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
    expect(PLACEHOLDERS.filter((name) => !docs.includes(`\`{{${name}}}\``))).toEqual([]);
  });
});

function fieldNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties = 'properties' in schema ? Object.entries(schema.properties ?? {}) : [];
  const within = properties.flatMap(([name, property]) => [name, ...fieldNames(property)]);
  return 'items' in schema ? [...within, ...fieldNames(schema.items)] : within;
}
