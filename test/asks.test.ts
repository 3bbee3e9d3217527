import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAsked } from '../src/actions/place/asked-officeholders.js';
import { importAlert, readAlertFile } from '../src/alerts/index.js';
import { sql } from '../src/database/index.js';
import { buildSnapshot, demoSet, importSet } from '../src/legislatures/index.js';
import { alertFile, alertText, problemsOf } from './support/alert-text.js';
import { ASSEMBLY_SIZE, assemblySet } from './support/assembly-set.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';

const DEMO = buildSnapshot(demoSet(), 'test');
const ASSEMBLY = buildSnapshot(assemblySet(), 'test');
const MEASURE = `measure:
  number: Bill 12
  title: An Act to keep the lamp
  positions: { member-1: sponsor, member-2: against, member-6: cosponsor, noor-el-amari: for }`;

function textOf(ask: string, legislature = 'assembly', slug = 'ask'): string {
  return alertText({
    slug: `slug: ${slug}`,
    ask: `ask:\n  request: Write\n  legislature: ${legislature}\n  ${ask.replaceAll('\n', '\n  ')}`,
    date: 'date: 2026-11-20',
    measure: MEASURE,
    variants: undefined,
  });
}

async function asked(ask: string, legislature?: string): Promise<readonly string[] | undefined> {
  const { content } = await readAlertFile(alertFile(textOf(ask, legislature)));
  return listAsked(legislature === 'demo' ? DEMO : ASSEMBLY, content, 'en')?.map(({ id }) => id);
}

const member = (index: number): string => `member-${index}`;

describe('an ask names exactly', () => {
  test('the members of a committee, in its order', async () => {
    expect(await asked('committee: harbours')).toEqual([4, 3, 2, 1, 0].map(member));
  });

  test('a committee by position on the measure', async () => {
    expect(await asked('committee: harbours\nposition: [none]')).toEqual([4, 3, 0].map(member));
  });

  test('everybody of a chamber, by name', async () => {
    const all = await asked('everybody: [unicameral]');
    expect(all).toEqual(Array.from({ length: ASSEMBLY_SIZE }, (_, index) => member(index)));
  });

  test('everybody of a chamber by position, whoever is not listed having none', async () => {
    expect(await asked('everybody: [assembly]\nposition: [sponsor, cosponsor]')).toEqual([1, 6].map(member));
    expect(await asked('everybody: [assembly]\nposition: [none]')).toHaveLength(ASSEMBLY_SIZE - 3);
    expect(await asked('everybody: [lower]\nposition: [for]', 'demo')).toEqual(['noor-el-amari']);
  });

  test('those of a party or list, in any script', async () => {
    const list = await asked('choose: [assembly]\nparty: ["قائمة البحر", Ларк]');
    expect(list).toHaveLength(ASSEMBLY_SIZE / 2);
    expect(list?.slice(0, 2)).toEqual([2, 3].map(member));
  });

  test('fixed people, without those who are gone', async () => {
    expect(await asked('people: [member-9, nobody, member-3]')).toEqual([9, 3].map(member));
  });

  test('nobody where the reader’s place decides', async () => {
    expect(await asked('chambers: [lower]', 'demo')).toBeUndefined();
  });
});

describe('an ask in a file is refused with its line', () => {
  test.each([
    [
      'committee: a\neverybody: [lower]',
      'alert.md:13: ask has both committee and everybody: keep one of them',
    ],
    ['people: [p]\nposition: [for]', 'ask.position goes with committee, everybody or choose only: remove it'],
    [
      'chambers: [lower]\nparty: [Blue]',
      'ask.party goes with committee, everybody or choose only: remove it',
    ],
    ['everybody: [lower]\nposition: [maybe]', 'ask.position[1] must be one of: sponsor, cosponsor, for'],
    ['choose: [lower, lower]', 'ask.choose lists something twice: remove one'],
    ['committee: two words', 'ask.committee must be one id without spaces'],
  ])('%s', async (ask, message) => {
    expect((await problemsOf(textOf(ask))).join('\n')).toContain(message);
  });

  test('a position without a measure', async () => {
    const text = textOf('everybody: [lower]\nposition: [for]').replace(`${MEASURE}\n`, '');
    expect((await problemsOf(text)).join('\n')).toContain(
      'ask.position goes by a measure, and there is none',
    );
  });
});

describe('through the server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    const { context } = server;
    await importSet(context, { set: assemblySet(), files: [], by: 'test', reason: 'test' });
    await until(() => server.legislatures.current('assembly'));
    const asks = {
      committee: 'committee: harbours',
      everybody: 'everybody: [assembly]',
      choose: 'choose: [unicameral]\nmaximum: 3',
      named: 'people: [member-1, member-2]',
    };
    for (const [slug, ask] of Object.entries(asks)) {
      const file = alertFile(textOf(`${ask}\nuntil: 2027-03-31`, 'assembly', slug));
      await importAlert(context, { organisationId: 1, file, publish: true, replace: false, by: 'test' });
    }
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const step = async (slug: string, form: Record<string, string | string[]>) => {
    const answer = await server.post(`/alerts/${slug}/place`, form);
    return { status: answer.status, html: await answer.text() };
  };
  const ticked = (html: string): number =>
    [...html.matchAll(/<input[^>]*type="checkbox"[^>]* checked/g)].length;

  test('the page says who is meant', async () => {
    const to = async (slug: string) =>
      /<dt>To<\/dt><dd dir="auto">(.*?)<\/dd>/.exec(await (await server.get(`/alerts/${slug}`)).text())?.[1];
    expect(await to('committee')).toBe('the members of Committee on Harbours');
    expect(await to('everybody')).toBe('every member of Assembly');
    expect(await to('choose')).toBe('members of Assembly, of your choice');
    expect(await to('named')).toBe('Ana Vél01 and Ana Vél02');
  });

  test('a list that fits is ticked whole, without asking for a postcode', async () => {
    const { status, html } = await step('committee', { words: 'Ostrel' });
    expect(status).toBe(200);
    expect(boxesOf(html, 'to')).toEqual([4, 3, 2, 1, 0].map(member));
    expect(ticked(html)).toBe(5);
    expect(fieldsOf(html)).toMatchObject({ words: 'Ostrel', postcode: '', division: '' });
  });

  test('a longer one is chosen from: nobody is ticked, and a search finds names without their accents', async () => {
    const { html } = await step('everybody', { words: 'Ostrel' });
    expect(boxesOf(html, 'to')).toHaveLength(ASSEMBLY_SIZE);
    expect(ticked(html)).toBe(0);
    const found = await step('everybody', {
      words: 'Ostrel',
      text: 'VEL07',
      to: [member(3)],
      step: 'search',
    });
    expect(boxesOf(found.html, 'to')).toEqual([3, 7].map(member));
    expect(ticked(found.html)).toBe(1);
    const party = await step('everybody', { words: 'Ostrel', party: 'Ларк', step: 'all' });
    expect(ticked(party.html)).toBe(ASSEMBLY_SIZE / 4);
  });

  test('nobody, too many, or somebody who is not on the list cannot be taken', async () => {
    expect((await step('choose', { words: 'Ostrel', step: 'write' })).status).toBe(400);
    expect((await step('choose', { words: '', step: 'write' })).status).toBe(400);
    const many = await step('choose', { words: 'Ostrel', step: 'write', to: [0, 1, 2, 3].map(member) });
    expect(many.html).toContain('At most 3 people can be written to at once.');
    expect(ticked(many.html)).toBe(4);
    const stranger = await step('choose', { words: 'Ostrel', step: 'write', to: ['ilse-brandvold-okoro'] });
    expect(stranger.status).toBe(400);
  });

  test('the letters go to those who were chosen, and to nobody else', async () => {
    const { html } = await step('choose', { words: 'Ostrel', step: 'write', to: [5, 8].map(member) });
    expect(boxesOf(html, 'to')).toEqual([5, 8].map(member));
    const form = { ...fieldsOf(html), to: [5, 8].map(member), name: 'Ada Quill', email: 'ada@mill.example' };
    const cheated = await server.post('/alerts/choose/actions', { ...form, to: [member(9)], consent: 'yes' });
    expect(cheated.status).toBe(400);
    const taken = await server.post('/alerts/choose/actions', { ...form, consent: 'yes' });
    expect(taken.status).toBe(202);
    const { rows } = await sql<{ id: string; divisions: string[] }>`
      select officeholder_id as id, divisions from letter join action using (organisation_id, action_id)
      order by 1`.execute(server.context.db);
    expect(rows).toEqual([5, 8].map((index) => ({ id: member(index), divisions: [] })));
  });

  test('the API takes a place in words, and the ids of whom to write to', async () => {
    const body = {
      place: { words: 'Ostrel' },
      officeholders: [member(2)],
      supporter: { name: 'Bo Quill', email: 'bo@mill.example' },
      letter: { message: 'Please keep it.' },
      consent: true,
    };
    const post = (change: object, key: string) =>
      fetch(`${server.url}/api/v1/alerts/choose/actions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ ...body, ...change }),
      });
    expect((await post({}, 'ask-key-1')).status).toBe(202);
    expect((await post({ officeholders: undefined }, 'ask-key-2')).status).toBe(400);
    expect((await post({ officeholders: ['mira-quell'] }, 'ask-key-3')).status).toBe(400);
  });

  test('all members for a seat of several are written to', async () => {
    const text = textOf('chambers: [unicameral]\nmaximum: 4\nuntil: 2027-03-31', 'assembly', 'seat');
    const file = alertFile(text);
    await importAlert(server.context, { organisationId: 1, file, publish: true, replace: false, by: 'test' });
    const { html } = await step('seat', { division: 'ocd-division/country:yy' });
    expect(boxesOf(html, 'to')).toHaveLength(ASSEMBLY_SIZE);
    expect(ticked(html)).toBe(4);
  });
});
