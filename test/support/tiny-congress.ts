import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Feature, Polygon } from 'geojson';
import { topology } from 'topojson-server';
import { stringify } from 'yaml';
import { STATES } from '../../src/legislatures/us-congress/states.js';
import { zippedShapefile } from './shapefile-writer.js';
import { temporaryFolder } from './temporary-file.js';

const COLUMNS = 10;
const WEST = -130;
const SOUTH = 30;
const FIRST_ZIP = 10_000;

/** One square of a map on which every state is a square of one degree, and California two halves. */
export interface TinyDistrict {
  readonly state: string;
  readonly fips: string;
  readonly district: number;
  readonly feature: Feature<Polygon>;
}

const TINY_DISTRICTS: readonly TinyDistrict[] = STATES.flatMap(({ code, fips }, index) => {
  const west = WEST + (index % COLUMNS);
  const south = SOUTH + Math.floor(index / COLUMNS);
  const make = (district: number, from: number, to: number): TinyDistrict => ({
    state: code,
    fips,
    district,
    feature: {
      type: 'Feature',
      properties: { state: code, district, congress: 119 },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west + from, south],
            [west + from, south + 1],
            [west + to, south + 1],
            [west + to, south],
            [west + from, south],
          ],
        ],
      },
    },
  });
  return code === 'CA' ? [make(1, 0, 0.5), make(2, 0.5, 1)] : [make(0, 0, 1)];
});

/** The middle of a tiny district. */
export function middleOf(state: string, district = 0): { latitude: number; longitude: number } {
  const found = TINY_DISTRICTS.find((entry) => entry.state === state && entry.district === district);
  const [a, , c] = found?.feature.geometry.coordinates[0] ?? [];
  if (a === undefined || c === undefined) throw new Error(`no ${state}-${district}`);
  return { longitude: ((a[0] ?? 0) + (c[0] ?? 0)) / 2, latitude: ((a[1] ?? 0) + (c[1] ?? 0)) / 2 };
}

/** Made-up people, as `legislators-current.yaml` has them; the seat of Wyoming is vacant. */
export function tinyMembers(): object[] {
  const term = { start: '2025-01-03', end: '2027-01-03', party: 'Testing', url: 'https://office.example/' };
  const representatives = TINY_DISTRICTS.filter(({ state }) => state !== 'WY').map(({ state, district }) => ({
    terms: [{ ...term, type: 'rep', state, district }],
  }));
  const senators = STATES.filter(({ kind }) => kind === 'state').flatMap(({ code }) =>
    [1, 2].map((number) => ({ terms: [{ ...term, type: 'sen', state: code, class: number }] })),
  );
  return [...senators, ...representatives].map((person, index) => ({
    id: { bioguide: `T${String(index).padStart(6, '0')}` },
    name: { first: 'Tess', last: `Number ${index}` },
    ...person,
  }));
}

export const tinyZips = (): string =>
  [
    'state_fips,state_abbr,zcta,cd',
    ...TINY_DISTRICTS.map(
      ({ fips, state, district }, index) => `${fips},${state},${FIRST_ZIP + index},${district}`,
    ),
    '06,CA,20001,1',
    '06,CA,20001,2',
    '01,AL,20002,0',
    '02,AK,20002,0',
    '56,WY,20003,0',
    '',
  ].join('\n');

export function tinyMap(): object {
  const features = TINY_DISTRICTS.map(({ feature }) => feature);
  return topology({ districts: { type: 'FeatureCollection', features } });
}

/** As the Census publishes it: other names and numbers for the same, and an area without a district. */
export function tinyCensusZip(): Buffer {
  const records = TINY_DISTRICTS.map(({ fips, district, feature }) => {
    const delegate = ['11', '60', '66', '69', '72', '78'].includes(fips);
    const number = delegate ? '98' : String(district).padStart(2, '0');
    return {
      fields: { STATEFP: fips, CD119FP: number, GEOID: fips + number },
      ring: feature.geometry.coordinates[0] ?? [],
    };
  });
  const water = {
    fields: { STATEFP: '17', CD119FP: 'ZZ', GEOID: '17ZZ' },
    ring: [
      [-100, 40],
      [-100, 41],
      [-99, 41],
      [-99, 40],
      [-100, 40],
    ],
  };
  return zippedShapefile('cb_2024_us_cd119_500k', [...records, water]);
}

/** A new folder with the three files, one of them under a folder of its own. */
export async function tinyFolder(
  files: Readonly<Record<string, string | Buffer | undefined>> = {},
): Promise<string> {
  const folder = temporaryFolder('tiny');
  await mkdir(join(folder, 'deep', 'down'), { recursive: true });
  const all: Record<string, string | Buffer | undefined> = {
    'deep/down/legislators-current.yaml': stringify(tinyMembers()),
    'zccd.csv': tinyZips(),
    'us-cd119-500k.topojson': JSON.stringify(tinyMap()),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    if (content !== undefined) await writeFile(join(folder, name), content);
  }
  return folder;
}
