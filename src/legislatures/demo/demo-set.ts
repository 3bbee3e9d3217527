import { readFileSync } from 'node:fs';
import type { Position } from 'geojson';
import type { Context } from '../../context.js';
import { readTopojson } from '../files/topojson.js';
import type { Boundary, Chamber, Division, LegislatureSet, Office, Officeholder, Seat } from '../model.js';
import { makeBoundary } from '../places/boundary.js';
import { importSet } from '../set-store.js';
import { DEPUTIES, type DemoPerson, SENATORS } from './people.js';
import { demoPostcodes, PROVINCES } from './places.js';

const MAP = new URL('./map.json', import.meta.url);
const COUNTRY = 'ocd-division/country:zz';
const HOUSE: Chamber = { id: 'house', name: 'House of Deputies', role: 'lower' };
const SENATE: Chamber = { id: 'senate', name: 'Senate', role: 'upper' };
const SOURCE = {
  title: 'Invented for this demonstration',
  licence: 'AGPL-3.0-or-later',
  address: '',
  date: '2026-11-23',
};
const HOUSE_TERM = { termStart: '2025-03-01', termEnds: '2029-02-28' };
const SENATE_CLASSES = [
  { name: '1', term: { termStart: '2024-09-01', termEnds: '2028-08-31' } },
  { name: '2', term: { termStart: '2026-09-01', termEnds: '2030-08-31' } },
] as const;

/** Orvany, a country that does not exist, off the coast of no land. Its addresses lead nowhere (RFC 2606). */
export function demoSet(): LegislatureSet {
  const boundaries = readMap();
  const provinces = PROVINCES.map(({ name }): Division => ({ id: provinceId(name), name }));
  const districts = PROVINCES.flatMap((province) =>
    province.districts.map(({ name, onMap }) => {
      const parent = provinceId(province.name);
      const boundary = boundaries.get(onMap);
      return {
        onMap,
        division: { id: `${parent}/district:${slug(name)}`, name, parent, ...(boundary && { boundary }) },
      };
    }),
  );
  const seated = [
    ...districts.map(({ division }) => seatDeputy(division)),
    ...provinces.flatMap(seatSenators),
  ];
  const idOf = new Map(districts.map(({ onMap, division }) => [onMap, division.id]));
  return {
    id: 'demo',
    name: 'Parliament of Orvany (fictional)',
    country: 'zz',
    edition: '2026',
    validFrom: HOUSE_TERM.termStart,
    validUntil: HOUSE_TERM.termEnds,
    sources: [SOURCE],
    chambers: [HOUSE, SENATE],
    divisions: [...provinces, ...districts.map(({ division }) => division)],
    seats: seated.map(({ seat }) => seat),
    officeholders: seated.flatMap(({ officeholder }) => officeholder ?? []),
    committees: [],
    postcodes: {
      pattern: '(\\d{4})',
      example: '1810',
      entries: new Map(
        demoPostcodes().map(([code, onMap]) => [code, onMap.flatMap((number) => idOf.get(number) ?? [])]),
      ),
    },
  };
}

/** Stores the demo's legislature and makes it live; changes nothing where it is there already. */
export async function loadDemoLegislature(context: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await importSet(context, { set: demoSet(), files: [], by: 'demo', reason: 'demo' });
}

/** By the number on the map. Drawn once by `scripts/draw-demo-map.mjs`. */
function readMap(): Map<number, Boundary> {
  const features = readTopojson({ name: 'map.json', bytes: readFileSync(MAP) });
  return new Map(
    features.map(({ id, geometry }) => {
      const polygons: Position[][][] = geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
      return [Number(id), makeBoundary(polygons)];
    }),
  );
}

interface Seated {
  readonly seat: Seat;
  readonly officeholder?: Officeholder;
}

function seatDeputy({ id, name }: Division): Seated {
  const seat = { id: `${HOUSE.id} ${slug(name)}`, chamber: HOUSE.id, division: id };
  const person = DEPUTIES[name];
  if (person === undefined) return { seat };
  return { seat, officeholder: { ...introduce(person), title: 'Deputy', seat: seat.id, ...HOUSE_TERM } };
}

function seatSenators({ id, name }: Division): Seated[] {
  return SENATE_CLASSES.map((group, index): Seated => {
    const seat = {
      id: `${SENATE.id} ${slug(name)} ${group.name}`,
      chamber: SENATE.id,
      division: id,
      class: group.name,
    };
    const person = SENATORS[name]?.[index];
    if (person === undefined) return { seat };
    return { seat, officeholder: { ...introduce(person), title: 'Senator', seat: seat.id, ...group.term } };
  });
}

function introduce(
  person: DemoPerson,
): Pick<Officeholder, 'id' | 'name' | 'givenName' | 'familyName' | 'party' | 'office'> {
  const name = `${person.given} ${person.family}`;
  const { given: givenName, family: familyName, party } = person;
  return { id: slug(name), name, givenName, familyName, party, office: officeOf(person, slug(name)) };
}

function officeOf({ reach }: DemoPerson, id: string): Office {
  const website = `https://parliament.orvany.example/${id}`;
  if (reach === 'website') return { emails: [], website };
  if (reach === 'form') return { emails: [], contactForm: `${website}/contact`, website };
  const office = { emails: [`office-${id}@parliament.orvany.example`], website };
  return reach === 'email_with_address' ? { ...office, requiresAddress: true } : office;
}

function provinceId(name: string): string {
  return `${COUNTRY}/province:${slug(name)}`;
}

/** Lower case, ASCII: "Pádraig Ó Cuinneagh" is `padraig-o-cuinneagh`. */
function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
