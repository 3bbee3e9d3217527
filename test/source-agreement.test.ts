import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildSnapshot, represent } from '../src/legislatures/index.js';
import { readOpenStates } from '../src/legislatures/openstates/read-openstates.js';
import { countSet } from '../src/legislatures/set-counts.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';
import { tarGz } from './support/tar-writer.js';
import { temporaryFile } from './support/temporary-file.js';

const TODAY = '2026-11-24';
const NOW = new Date(`${TODAY}T12:00:00Z`);
const why = publicData === undefined ? ` (${WITHOUT_PUBLIC_DATA})` : '';

interface Role {
  readonly type: string;
  readonly district: string;
  readonly end_date?: string;
}

/** By simple means: who sits today in which district, by the role without an end. */
function openStatesByHand(state: string): Map<string, string[]> {
  const folder = `${publicData}/openstates/${state}/legislature`;
  const members = new Map<string, string[]>();
  for (const name of readdirSync(folder)) {
    const person = parse(readFileSync(`${folder}/${name}`, 'utf8'));
    const role = person.roles.find((one: Role) => !one.end_date || one.end_date >= TODAY);
    const key = `${role.type} ${role.district}`;
    members.set(key, [...(members.get(key) ?? []), person.id]);
  }
  return members;
}

describe.skipIf(publicData === undefined)(`Open States${why}`, () => {
  test.each(['ne', 'vt'])('%s has in each district whom the files have there', async (state) => {
    const expected = openStatesByHand(state);
    const path = `${publicData}/openstates/${state}`;
    const { set, notes } = await readOpenStates({ path, facts: {}, today: TODAY });
    const snapshot = buildSnapshot(set, 'v');
    const found = new Map<string, string[]>();
    for (const { id, code, parent } of set.divisions) {
      if (parent === undefined) continue;
      const { officeholders } = represent(snapshot, { divisions: [id] }, { now: NOW });
      for (const person of officeholders) {
        const key = `${person.chamber} ${code}`;
        found.set(key, [...(found.get(key) ?? []), person.id]);
      }
    }
    const sorted = (members: Map<string, string[]>) =>
      [...members].map(([key, ids]) => `${key}: ${ids.sort()}`).sort();
    expect(sorted(found)).toEqual(sorted(expected));
    expect(countSet(set)).toMatchObject({
      districts: expected.size,
      officeholders: [...expected.values()].flat().length,
    });
    expect(notes).toEqual([]);
  });

  test('an archive gives the same set as the folder, and no home address', async () => {
    const folder = `${publicData}/openstates/vt/legislature`;
    const files = Object.fromEntries(
      readdirSync(folder).map((name) => [`data/vt/legislature/${name}`, readFileSync(`${folder}/${name}`)]),
    );
    const archive = temporaryFile('vt.tar.gz', tarGz(files));
    const packed = await readOpenStates({ path: archive, facts: {}, today: TODAY });
    const plain = await readOpenStates({ path: folder, facts: {}, today: TODAY });
    expect(packed.set).toEqual(plain.set);
    const kinds = plain.set.officeholders.flatMap(
      ({ office }) => office.locations?.map(({ kind }) => kind) ?? [],
    );
    expect([...new Set(kinds)].sort()).toEqual(['capitol', 'district-mail']);
  });
});

describe.skipIf(publicData === undefined)(`the United States Congress${why}`, () => {
  test('every member, office code and seat is that of the source, and so are committees and forms', async () => {
    const { set } = await readUsCongress(publicData ?? '');
    const source = parse(readFileSync(`${publicData}/legislators/legislators-current.yaml`, 'utf8'));
    const expected = source.map(
      (person: { id: { bioguide: string }; terms: Record<string, string | number>[] }) => {
        const term = person.terms.at(-1) ?? {};
        const state = term.state === 'AS' ? 'AQ' : term.state;
        const house = `H${state}${String(term.district).padStart(2, '0')}`;
        return `${person.id.bioguide} ${term.type === 'sen' ? `S${term.state}0${term.class} ${term.state} ${term.class}` : `${house} ${term.state} ${term.district}`}`;
      },
    );
    const divisions = new Map(set.divisions.map((division) => [division.id, division]));
    const seats = new Map(set.seats.map((seat) => [seat.id, seat]));
    const found = set.officeholders.map(({ id, office, seat }) => {
      const held = seats.get(seat);
      const code = divisions.get(held?.division ?? '')?.code ?? '';
      const [state, district] = code.split('-');
      return `${id} ${office.code} ${state} ${held?.class ?? (district === 'AL' ? '0' : district)}`;
    });
    expect(found.sort()).toEqual(expected.sort());
    expect(found).toHaveLength(537);
    const membership = parse(
      readFileSync(`${publicData}/legislators/committee-membership-current.yaml`, 'utf8'),
    );
    const people = new Set(set.officeholders.map(({ id }) => id));
    for (const { id, members } of set.committees) {
      const listed = (membership[id] ?? []).map(({ bioguide }: { bioguide: string }) => bioguide);
      expect(members.map(({ officeholder }) => officeholder).sort()).toEqual(
        listed.filter((one: string) => people.has(one)).sort(),
      );
    }
    expect(set.committees).toHaveLength(230);
    const forms = set.officeholders.flatMap(({ office }) => office.form ?? []);
    expect(forms.length).toBeGreaterThan(200);
    expect(JSON.stringify(forms)).not.toMatch(/javascript|selector|function\s*\(/);
  });
});
