import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPopolo } from '../src/legislatures/popolo/read-popolo.js';
import { countSet } from '../src/legislatures/set-counts.js';
import { type LegislatureTerminal, openLegislatureTerminal } from './support/legislature-terminal.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';
import { temporaryFile } from './support/temporary-file.js';

const TODAY = '2026-11-24';
const IRELAND = `${publicData}/popolo/ireland-dail.ep-popolo.json`;

/** A parliament that does not exist, without areas, in Arabic script, with two terms. */
const MAJLIS = {
  persons: [
    { id: 'p1', name: 'سلمى الحكيم', sort_name: 'الحكيم سلمى', email: 'salma@majlis.example' },
    { id: 'p2', name: 'يوسف النجار', email: 'https://majlis.example/contact/2' },
    { id: 'p3', name: 'ليلى بغدادي', contact_details: [{ type: 'email', value: 'nobody at home' }] },
    { id: 'p4', name: 'كريم صباغ' },
  ],
  organizations: [
    { id: 'majlis', name: 'مجلس النواب', classification: 'legislature', seats: '5' },
    { id: 'a', name: 'قائمة النهر', classification: 'party' },
    { id: 'b', name: 'قائمة الجبل', classification: 'party' },
  ],
  events: [
    {
      id: 'term/1',
      name: 'الدورة الأولى',
      classification: 'legislative period',
      start_date: '2006',
      end_date: '2010-03',
    },
    { id: 'term/2', name: 'الدورة الثانية', classification: 'legislative period', start_date: '2010-06-14' },
  ],
  memberships: [
    {
      person_id: 'p1',
      organization_id: 'majlis',
      on_behalf_of_id: 'a',
      legislative_period_id: 'term/2',
      start_date: '2010',
    },
    {
      person_id: 'p1',
      organization_id: 'majlis',
      on_behalf_of_id: 'b',
      legislative_period_id: 'term/2',
      start_date: '2010',
    },
    { person_id: 'p2', organization_id: 'majlis', on_behalf_of_id: 'b', legislative_period_id: 'term/2' },
    { person_id: 'p3', organization_id: 'majlis', on_behalf_of_id: 'b', legislative_period_id: 'term/2' },
    {
      person_id: 'p4',
      organization_id: 'majlis',
      on_behalf_of_id: 'a',
      legislative_period_id: 'term/2',
      end_date: '2012-05',
    },
    {
      person_id: 'p4',
      organization_id: 'majlis',
      on_behalf_of_id: 'a',
      legislative_period_id: 'term/1',
      start_date: '2006',
    },
    { person_id: 'p2', organization_id: 'a', start_date: '2001' },
  ],
};
const write = (document: object) => temporaryFile('majlis.json', JSON.stringify(document));
const read = (document: object, options: object = {}) =>
  readPopolo({ path: write(document), facts: {}, today: TODAY, ...options });

describe('a parliament without areas', () => {
  test('is one residence with all members, in their own script', async () => {
    const { set, notes } = await read(MAJLIS, { title: 'النائب' });
    expect(set).toMatchObject({ id: 'majlis', country: 'xx', edition: '2', validFrom: '2010-06-14' });
    expect(set.validUntil).toBeUndefined();
    expect(set.divisions).toHaveLength(1);
    expect(set.seats).toMatchObject([{ chamber: 'majlis', places: 3 }]);
    expect(countSet(set)).toMatchObject({ seats: 5, officeholders: 3, vacant: 2, districts: 0, emails: 1 });
    const [salma, yusuf] = set.officeholders;
    expect(salma).toMatchObject({
      name: 'سلمى الحكيم',
      sortName: 'الحكيم سلمى',
      title: 'النائب',
      party: 'قائمة النهر / قائمة الجبل',
      parties: ['قائمة النهر', 'قائمة الجبل'],
      termStart: '2010',
      office: { emails: ['salma@majlis.example'] },
    });
    expect(yusuf?.office).toEqual({ emails: [], contactForm: 'https://majlis.example/contact/2' });
    expect(notes).toEqual([
      'The file does not say of which country this is. --country CODE says it.',
      '1 e-mail addresses cannot be used and were left out.',
    ]);
  });

  test('an older term has who sat on its last day', async () => {
    const { set } = await read(MAJLIS, { term: '1', facts: { country: 'iq', id: 'older' } });
    expect(set.officeholders.map(({ id, termStart }) => [id, termStart])).toEqual([['p4', '2006']]);
    expect(set).toMatchObject({
      id: 'older',
      country: 'iq',
      validFrom: '2006-01-01',
      validUntil: '2010-03-31',
    });
  });

  test('who left keeps what they held before as earlier terms', async () => {
    const back = {
      person_id: 'p4',
      organization_id: 'majlis',
      legislative_period_id: 'term/2',
      start_date: '2020',
    };
    const { set } = await read({ ...MAJLIS, memberships: [...MAJLIS.memberships, back] });
    const person = set.officeholders.find(({ id }) => id === 'p4');
    expect(person?.termStart).toBe('2020');
    expect(person?.earlierTerms).toEqual([
      { chamber: 'majlis', ends: '2012-05' },
      { chamber: 'majlis', start: '2006' },
    ]);
  });
});

describe('a broken file', () => {
  const at = (index: number, change: object) => ({
    ...MAJLIS,
    memberships: MAJLIS.memberships.map((item, place) => (place === index ? { ...item, ...change } : item)),
  });
  const cases: readonly [string, object, RegExp][] = [
    [
      'nobody by that id',
      at(2, { person_id: 'p9' }),
      /^majlis\.json:\/memberships\/2\/person_id: there is no person "p9"/,
    ],
    [
      'a date that is none',
      at(0, { start_date: 'soon' }),
      /^majlis\.json:\/memberships\/0\/start_date: "soon" is no day/,
    ],
    [
      'a party that is none',
      at(0, { on_behalf_of_id: 'x' }),
      /\/memberships\/0\/on_behalf_of_id: there is no organization "x"/,
    ],
    ['an area that is none', at(2, { area_id: 'x' }), /\/memberships\/2\/area_id: there is no area "x"/],
    ['another type', at(2, { role: 7 }), /^majlis\.json:\/memberships\/2\/role: /],
    [
      'an id twice',
      { ...MAJLIS, persons: [...MAJLIS.persons, MAJLIS.persons[0]] },
      /\/persons\/4: the id "p1" is given twice/,
    ],
    [
      'no chamber',
      { ...MAJLIS, organizations: [] },
      /\/organizations: no organization has the classification/,
    ],
    ['nobody sits', { ...MAJLIS, memberships: [] }, /\/memberships: nobody is a member on 2026-11-24/],
    ['no list', { ...MAJLIS, memberships: {} }, /^majlis\.json:\/memberships: a list is expected/],
    ['something else', [], /^majlis\.json:\/: this is no Popolo file/],
  ];
  test.each(cases)('%s: one sentence with the place', async (_name, document, words) => {
    await expect(read(document)).rejects.toMatchObject({
      code: 'invalid_file',
      message: expect.stringMatching(words),
    });
  });

  test('a term that there is not: those that there are', async () => {
    await expect(read(MAJLIS, { term: '9' })).rejects.toThrow(
      /it has no term "9"; it has 1 \(الدورة الأولى\), 2/,
    );
  });
});

describe.skipIf(publicData === undefined)(
  `the Dáil${publicData === undefined ? ` (${WITHOUT_PUBLIC_DATA})` : ''}`,
  () => {
    let terminal: LegislatureTerminal;
    beforeAll(async () => {
      terminal = await openLegislatureTerminal();
    });
    afterAll(() => terminal?.[Symbol.asyncDispose]());

    /** By simple means: the members of each area, by the file itself. */
    function countByHand() {
      const file = JSON.parse(readFileSync(IRELAND, 'utf8'));
      const nameOf = new Map<string, string>(
        file.persons.map((person: { id: string; name: string }) => [person.id, person.name]),
      );
      const areaOf = new Map<string, string>(
        file.areas.map((area: { id: string; name: string }) => [area.id, area.name]),
      );
      const members = new Map<string, string[]>();
      for (const { area_id, person_id } of file.memberships) {
        const area = areaOf.get(area_id) ?? '';
        members.set(area, [...(members.get(area) ?? []), nameOf.get(person_id) ?? '']);
      }
      return members;
    }

    test('has 166 members in 43 constituencies, and each answers with its own', async () => {
      const args = ['legislature', 'import', 'popolo', '--from', IRELAND, '--id', 'ireland'];
      expect(await terminal.run(...args, '--dry-run')).toContain('166 people in');
      expect(await terminal.run('legislature', 'list')).toBe('No legislature is stored yet.\n');
      expect(await terminal.run(...args)).toMatch(/166 officeholders, 0 vacant seats\. It is live now\.\n$/);
      expect(await terminal.run(...args)).toContain('Nothing changed.');
      expect(JSON.parse(await terminal.run('legislature', 'list', '--json'))).toMatchObject([
        {
          id: 'ireland',
          name: 'Dáil Éireann, 31st Dáil',
          validFrom: '2011-03-09',
          validTo: null,
          chambers: 1,
          seats: 166,
          officeholders: 166,
          vacant: 0,
          emails: 0,
          districts: 43,
        },
      ]);
      const expected = countByHand();
      const { set } = await readPopolo({ path: IRELAND, facts: { id: 'ireland' }, today: TODAY });
      const districts = set.divisions.filter(({ parent }) => parent !== undefined);
      expect(districts.map(({ name }) => name).sort()).toEqual([...expected.keys()].sort());
      for (const { id, name } of districts) {
        const answer = JSON.parse(await terminal.run('represent', '--division', id, '--json'));
        expect(answer.status).toBe('found');
        expect(answer.officeholders.map((person: { name: string }) => person.name).sort()).toEqual(
          expected.get(name)?.sort(),
        );
      }
    });
  },
);
