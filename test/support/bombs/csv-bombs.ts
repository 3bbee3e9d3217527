import { COUNCIL_DISTRICTS, type ImportBomb, MANY, MEGABYTE, repeat } from './bomb.js';

const HEADER = 'name,id,chamber,district,role\n';
const PEOPLE: readonly ImportBomb[] = [
  {
    name: '20,000 chambers of 20,000 districts',
    everyDay: true,
    kind: 'csv',
    file: 'a.csv',
    bytes: () => HEADER + repeat(20_000, (at) => `A,${at},c${at},d${at},lower\n`),
  },
  {
    name: '10,000 members for everybody beside 10,000 districts',
    kind: 'csv',
    file: 'a.csv',
    bytes: () =>
      HEADER +
      repeat(10_000, (at) => `A,a${at},,,lower\n`) +
      repeat(10_000, (at) => `A,b${at},,d${at},lower\n`),
  },
  {
    name: '30 million commas',
    kind: 'csv',
    file: 'a.csv',
    bytes: () => `${','.repeat(30 * MEGABYTE)}\n`,
  },
  {
    name: '30 million cells in the second line',
    kind: 'csv',
    file: 'a.csv',
    bytes: () => `name,id\n${','.repeat(30 * MEGABYTE)}\n`,
  },
  {
    name: '30 million empty lines without an end',
    kind: 'csv',
    file: 'a.csv',
    bytes: () => `name${'\n'.repeat(30 * MEGABYTE)}x`,
  },
  {
    name: '30 million quotes',
    kind: 'csv',
    file: 'a.csv',
    bytes: () => `name\n${'"'.repeat(30 * MEGABYTE)}\n`,
  },
  { name: 'NULs in lines', light: true, kind: 'csv', file: 'a.csv', bytes: () => 'name,id\nA\0B,1\n' },
  {
    name: 'no UTF-8',
    light: true,
    kind: 'csv',
    file: 'a.csv',
    bytes: () => Buffer.from('name,id\nA,1\nB\xe9,2\nC,3\n', 'latin1'),
  },
];

const POSTCODES: readonly ImportBomb[] = [
  {
    name: 'one postcode in every district, many times',
    everyDay: true,
    kind: 'postcodes',
    file: 'p.csv',
    bytes: () => `postcode,division\n${repeat(499_000, (at) => `1000,d${at % COUNCIL_DISTRICTS}\n`)}`,
  },
  {
    name: '10^6 postcodes',
    kind: 'postcodes',
    file: 'p.csv',
    bytes: () => `postcode,division\n${repeat(MANY, (at) => `${at + MANY},d1\n`)}`,
  },
  {
    name: '399,000 postcodes of two districts each',
    kind: 'postcodes',
    file: 'p.csv',
    sound: true,
    bytes: () =>
      `postcode,division\n${repeat(399_000, (at) => `${(at >> 1) + MANY},d${(at * 7) % COUNCIL_DISTRICTS}\n`)}`,
  },
];

export const CSV_BOMBS = [...PEOPLE, ...POSTCODES];
