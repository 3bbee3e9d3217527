import { stringify } from 'yaml';
import { zip, zippedShapefile } from '../shapefile-writer.js';
import { tarGz } from '../tar-writer.js';
import { COUNTY_FILE, tinyBlocks, tinyCounty } from '../tiny-county.js';
import { congressFormats } from './congress-formats.js';
import { asIs, FOLDER, type ImportFormat, membersOf, type Parts, textParts } from './import-format.js';

const from = (file: string): string => `${FOLDER}/${file}`;

const POPOLO = {
  meta: { sources: ['https://parliament.example/'] },
  persons: [
    {
      id: 'p1',
      name: 'Ana Véla',
      sort_name: 'Véla, Ana',
      email: 'ana@parliament.example',
      identifiers: [{ scheme: 'wikidata', identifier: 'Q1' }],
      links: [{ url: 'https://ana.example/', note: 'website' }],
      contact_details: [{ type: 'voice', value: '01 1' }],
    },
    { id: 'p2', name: 'Бо Ларк', memberships: [{ organization_id: 'upper', start_date: '2024-05' }] },
  ],
  organizations: [
    { id: 'lower', name: 'Lower House', classification: 'lower', seats: 3 },
    { id: 'upper', name: 'Upper House', classification: 'upper' },
    { id: 'party', name: 'Table', classification: 'party' },
  ],
  areas: [{ id: 'a1', name: 'North', identifier: 'ocd-division/country:ie/area:north' }],
  events: [{ id: 'term/1', name: 'First', classification: 'legislative period', start_date: '2024' }],
  memberships: [
    {
      person_id: 'p1',
      organization_id: 'lower',
      area_id: 'a1',
      on_behalf_of_id: 'party',
      legislative_period_id: 'term/1',
      start_date: '2024-01-02',
    },
  ],
};

const person = (number: number, chamber: string): string =>
  stringify({
    id: `ocd-person/00000000-0000-4000-8000-00000000000${number}`,
    name: `Ana ${number}`,
    given_name: 'Ana',
    email: `ana${number}@vt.example`,
    party: [{ name: 'Table' }],
    roles: [
      {
        type: chamber,
        district: `${number}`,
        jurisdiction: 'ocd-jurisdiction/country:us/state:vt/government',
      },
    ],
    offices: [{ classification: 'capitol', address: '1 State St;Town', voice: '802-1' }],
    links: [{ url: 'https://ana.example/' }],
    ids: { twitter: 'ana' },
    other_identifiers: [{ scheme: 'x', identifier: '1' }],
  });
const PEOPLE = textParts({ 'a.yml': person(1, 'lower'), 'b.yml': person(2, 'upper') });
const below = (folder: string, parts: Parts): Parts =>
  Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [`${folder}/${name}`, bytes]));

const square = (west: number): number[][] => [
  [west, 1],
  [west, 2],
  [west + 1, 2],
  [west + 1, 1],
  [west, 1],
];
const GEOJSON = {
  type: 'FeatureCollection',
  features: ['North', 'South', 'East'].map((name, west) => ({
    type: 'Feature',
    properties: { name, STATEFP: null, note: 'x' },
    geometry: { type: 'Polygon', coordinates: [square(west)] },
  })),
};
const TOPOJSON = {
  type: 'Topology',
  transform: { scale: [0.001, 0.001], translate: [0, 0] },
  arcs: [
    [
      [0, 0],
      [0, 1000],
      [1000, 0],
      [0, -1000],
      [-1000, 0],
    ],
  ],
  objects: {
    areas: {
      type: 'GeometryCollection',
      geometries: [{ type: 'Polygon', arcs: [[0]], properties: { name: 'North' } }],
    },
  },
};

/** The council that boundaries and postcodes are given to. */
const COUNCIL = {
  'council.csv': [
    'id,name,title,party,district,email,website,phone,requires_address,term_start',
    '1,"Ana ""A"" Véla",Cllr,Table / Lamp,North,ana@town.example,https://ana.example/,01 1,yes,2024',
    '2,Bo,,,South,bo@town.example,,,no,2024-05-06',
    '3,,,,East,,,,,',
    '',
  ].join('\n'),
};
const POSTCODES = 'postcode,division\n1000,North\n1000,South\n"20-01",East\n3000,South\n';

const toCouncil = (what: string, file: string): readonly string[] => [
  'legislature',
  what,
  '--set',
  'council',
  '--from',
  from(file),
];

const TEXT_FORMATS: readonly ImportFormat[] = [
  {
    name: 'Popolo',
    parts: textParts({ 'parliament.json': JSON.stringify(POPOLO, undefined, 1) }),
    files: asIs,
    command: ['legislature', 'import', 'popolo', '--from', from('parliament.json')],
  },
  {
    name: 'Open States folder',
    parts: PEOPLE,
    files: asIs,
    command: ['legislature', 'import', 'openstates', '--from', FOLDER],
  },
  {
    name: 'Open States .tar.gz',
    parts: PEOPLE,
    files: (parts) => ({ 'vt.tar.gz': tarGz(below('data/vt', parts)) }),
    command: ['legislature', 'import', 'openstates', '--from', from('vt.tar.gz')],
  },
  {
    name: 'Open States .zip',
    parts: PEOPLE,
    files: (parts) => ({ 'vt.zip': zip(below('data/vt', parts)) }),
    command: ['legislature', 'import', 'openstates', '--from', from('vt.zip')],
  },
  {
    name: 'CSV people',
    parts: textParts(COUNCIL),
    files: asIs,
    command: ['legislature', 'import', 'csv', '--from', from('council.csv')],
  },
  {
    name: 'CSV postcodes',
    parts: textParts({ 'postcodes.csv': POSTCODES }),
    files: asIs,
    command: toCouncil('postcodes', 'postcodes.csv'),
  },
  {
    name: 'GeoJSON',
    parts: textParts({ 'map.geojson': JSON.stringify(GEOJSON) }),
    files: asIs,
    command: toCouncil('boundaries', 'map.geojson'),
  },
  {
    name: 'TopoJSON',
    parts: textParts({ 'map.topojson': JSON.stringify(TOPOJSON) }),
    files: asIs,
    command: toCouncil('boundaries', 'map.topojson'),
  },
];

async function shapefileFormats(): Promise<ImportFormat[]> {
  const areas = ['North', 'South', 'East'].map((NAME, west) => ({
    fields: { NAME, NOTE: 'x' },
    ring: square(west),
  }));
  return [
    {
      name: 'Shapefile',
      parts: await membersOf(zippedShapefile('map', areas)),
      files: (parts) => ({ 'map.zip': zip(parts) }),
      command: toCouncil('boundaries', 'map.zip'),
    },
    {
      name: 'Address features',
      parts: await membersOf(tinyCounty(tinyBlocks(40, -100).slice(0, 6))),
      files: (parts) => ({ [`${COUNTY_FILE}.zip`]: zip(parts) }),
      command: ['legislature', 'streets', 'import', '--from', from(`${COUNTY_FILE}.zip`)],
    },
  ];
}

export async function importFormats(): Promise<readonly ImportFormat[]> {
  return [...TEXT_FORMATS, ...(await shapefileFormats()), ...(await congressFormats())];
}
