import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  buildSnapshot,
  type LegislatureSet,
  type Place,
  represent,
  type Snapshot,
} from '../src/legislatures/index.js';
import { packSet, unpackSet } from '../src/legislatures/set-content.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const CITY_HALL = { latitude: 37.7793, longitude: -122.4193 };
const LOADED_WITHIN_MS = 1000;
const US = 'ocd-division/country:us';

describe.skipIf(publicData === undefined)(
  publicData === undefined ? WITHOUT_PUBLIC_DATA : 'the United States Congress of the public data',
  () => {
    let set: LegislatureSet;
    let snapshot: Snapshot;
    const ask = (place: Place) => represent(snapshot, place, { now: NOW });
    const divisionsOf = (people: readonly { readonly division: string }[]) =>
      people.map(({ division }) => division);

    const codeOf = (division: string) => snapshot.residenceOf.get(division)?.division.code ?? '';
    const stateOf = (code: string) => code.slice(0, 2);

    beforeAll(async () => {
      ({ set } = await readUsCongress(publicData ?? ''));
      snapshot = buildSnapshot(set, 'test');
    });

    test('has every seat, of which four are vacant', () => {
      expect(set.seats).toHaveLength(435 + 6 + 100);
      const taken = new Set(set.officeholders.map(({ seat }) => seat));
      const vacant = set.seats
        .filter(({ id }) => !taken.has(id))
        .map(({ division }) => snapshot.residenceOf.get(division)?.division.code);
      expect(vacant.sort()).toEqual(['CA-14', 'FL-20', 'GA-13', 'TX-23']);
      expect([set.validFrom, set.validUntil]).toEqual(['2025-01-03', '2027-01-03']);
    });

    test('at San Francisco’s City Hall: CA-11 and two senators of California', () => {
      const answer = ask({ at: CITY_HALL });
      expect(answer).toMatchObject({
        status: 'found',
        uncertain: false,
        candidates: [],
        vacant: [],
        warnings: [],
      });
      expect(answer.officeholders.map(({ role, division }) => [role, division])).toEqual([
        ['lower', `${US}/state:ca/cd:11`],
        ['upper', `${US}/state:ca`],
        ['upper', `${US}/state:ca`],
      ]);
    });

    test('94110 is one district, 10001 is two, as the ZIP file says', () => {
      expect(divisionsOf(ask({ postcode: '94110' }).officeholders)[0]).toBe(`${US}/state:ca/cd:11`);
      const split = ask({ postcode: '10001-1234' });
      expect(split).toMatchObject({ status: 'choose', uncertain: false });
      expect(split.candidates.map(({ division }) => division)).toEqual([
        `${US}/state:ny/cd:10`,
        `${US}/state:ny/cd:12`,
      ]);
      expect(divisionsOf(split.officeholders)).toEqual([`${US}/state:ny`, `${US}/state:ny`]);
    });

    test('every ZIP code answers as its lines of the file do, and claims a senator only within one state', () => {
      const wrong: string[] = [];
      let crossing = 0;
      const districts = readZipLines();
      for (const [zip, codes] of districts) {
        const answer = ask({ postcode: zip });
        const states = new Set([...codes].map(stateOf));
        const named = answer.candidates.map(({ division }) => codeOf(division));
        const sameDistricts =
          codes.size === 1
            ? named.length === 0
            : named.length === codes.size && named.every((code) => codes.has(code));
        if (!sameDistricts || answer.status !== (codes.size > 1 ? 'choose' : 'found')) wrong.push(zip);
        if (states.size === 1) continue;
        crossing += 1;
        const ownSenators = answer.candidates.every(({ division, officeholders }) => {
          const own = officeholders
            .filter(({ role }) => role === 'upper')
            .map((person) => codeOf(person.division));
          return (
            own.length === (stateOf(codeOf(division)) === 'DC' ? 0 : 2) &&
            own.every((state) => state === stateOf(codeOf(division)))
          );
        });
        if (answer.officeholders.length > 0 || !ownSenators) wrong.push(zip);
      }
      expect(wrong).toEqual([]);
      expect([districts.size, crossing]).toEqual([33_774, 109]);
    });

    test('FL-20 is said to be vacant, by place, by ZIP code and from the list', () => {
      const vacancy = { chamber: 'house', division: `${US}/state:fl/cd:20` };
      const [zip] =
        [...set.postcodes.entries].find(([, ids]) => ids.length === 1 && ids[0] === vacancy.division) ?? [];
      for (const place of [
        { at: { latitude: 26.55, longitude: -80.65 } },
        { postcode: zip ?? '' },
        { divisions: [vacancy.division] },
      ]) {
        const answer = ask(place);
        expect(answer).toMatchObject({
          status: 'found',
          vacant: [vacancy],
          warnings: ['seat_vacant', 'term_ended'],
        });
        expect(divisionsOf(answer.officeholders)).toEqual([`${US}/state:fl`, `${US}/state:fl`]);
      }
    });

    test.each([
      ['DC', { postcode: '20001' }, 'Delegate', 'district:dc'],
      ['DC', { at: { latitude: 38.9, longitude: -77.03 } }, 'Delegate', 'district:dc'],
      ['Puerto Rico', { postcode: '00901' }, 'Resident Commissioner', 'territory:pr'],
      ['San Juan', { at: { latitude: 18.42, longitude: -66.06 } }, 'Resident Commissioner', 'territory:pr'],
      ['Guam', { at: { latitude: 13.45, longitude: 144.78 } }, 'Delegate', 'territory:gu'],
      ['American Samoa', { at: { latitude: -14.32, longitude: -170.73 } }, 'Delegate', 'territory:as'],
      ['Saipan', { at: { latitude: 15.19, longitude: 145.75 } }, 'Delegate', 'territory:mp'],
      ['St. Croix', { at: { latitude: 17.73, longitude: -64.75 } }, 'Delegate', 'territory:vi'],
    ] as const)('%s has a delegate and no senator', (...[, place, title, area]) => {
      const answer = ask(place);
      expect(answer).toMatchObject({ status: 'found', vacant: [] });
      expect(divisionsOf(answer.officeholders)).toEqual([`${US}/${area}/cd:at-large`]);
      expect(snapshot.officeholders.get(answer.officeholders[0]?.id ?? '')?.title).toBe(title);
    });

    test('two senators whose term is over are named, and said to be', () => {
      const ended = set.divisions.flatMap(({ id }) =>
        ask({ divisions: [id] }).officeholders.filter(({ termEnded }) => termEnded),
      );
      expect([...new Set(ended.map(({ division }) => division))].sort()).toEqual([
        `${US}/state:fl`,
        `${US}/state:oh`,
      ]);
    });

    test('after 3 January 2027 every answer warns that the data are past their date', () => {
      const after = represent(snapshot, { at: CITY_HALL }, { now: new Date('2027-01-04T00:00:00Z') });
      expect(after.warnings).toEqual(['dataset_expired', 'term_ended']);
    });

    test(`is read from its stored form within ${LOADED_WITHIN_MS} ms`, () => {
      const packed = packSet(set);
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        buildSnapshot(unpackSet(packed), packed.version);
        return performance.now() - start;
      });
      expect(Math.min(...times)).toBeLessThan(LOADED_WITHIN_MS);
    });
  },
);

/** The ZIP file by simple means: the codes of the districts of each ZIP. */
function readZipLines(): Map<string, Set<string>> {
  const districts = new Map<string, Set<string>>();
  const lines = readFileSync(`${publicData}/zip/zccd.csv`, 'utf8').trim().split(/\r?\n/).slice(1);
  for (const line of lines) {
    const [, state = '', zip = '', district = ''] = line.split(',');
    const code = `${state}-${district === '0' ? 'AL' : district}`;
    districts.set(zip, (districts.get(zip) ?? new Set()).add(code));
  }
  return districts;
}
