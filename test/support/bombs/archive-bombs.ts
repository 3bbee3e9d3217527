import { deflateRawSync, gzipSync } from 'node:zlib';
import { deflatedZeros, oddTarGz, oddZip } from '../odd-archives.js';
import { DEEP, ESCAPED, type ImportBomb, MANY, MEGABYTE } from './bomb.js';

const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const person = (index: number, more = ''): string =>
  `id: ocd-person/${uuid(index)}\nname: A ${index}\nroles:\n- type: lower\n  district: ${index}\n  jurisdiction: ocd-jurisdiction/country:us/state:vt/government\n${more}`;
export const ARCHIVE_BOMBS: readonly ImportBomb[] = [
  {
    name: '7,000 files as full as can be',
    kind: 'openstates',
    file: 'a.tar.gz',
    bytes: () =>
      oddTarGz(
        Array.from({ length: 7000 }, (_, at) => ({
          name: `vt/${at}.yml`,
          content: person(at, `x: [${'1,'.repeat(3000)}]\n`),
        })),
      ),
  },
  {
    name: '90,000 members that nobody asked for',
    kind: 'openstates',
    file: 'a.tar.gz',
    bytes: () => oddTarGz(Array.from({ length: 0.9 * DEEP }, (_, at) => ({ name: `vt/${at}.txt` }))),
  },
  {
    name: '10^6 empty gzip members',
    kind: 'openstates',
    file: 'a.tar.gz',
    bytes: () => {
      const empty = gzipSync(Buffer.alloc(0));
      return Buffer.concat(Array.from({ length: MANY }, () => empty));
    },
  },
  {
    name: 'a name of 40 MB of slashes',
    kind: 'openstates',
    file: 'a.tar.gz',
    bytes: () =>
      oddTarGz([
        { name: 'x', kind: 'L', content: '/a'.repeat(20 * MEGABYTE) },
        { name: 'vt/a.yml', content: person(1) },
      ]),
  },
  {
    name: 'attributes of 45 MB',
    kind: 'openstates',
    file: 'a.tar.gz',
    bytes: () =>
      oddTarGz([
        { name: 'x', kind: 'x', content: `1 a=${'\n1 '.repeat(15 * MEGABYTE)}` },
        { name: 'vt/a.yml', content: person(1) },
      ]),
  },
  {
    name: 'a link out of a tar archive, and a file behind it',
    light: true,
    kind: 'openstates',
    file: 'a.tar.gz',
    sound: true,
    bytes: () =>
      oddTarGz([
        { name: 'vt', kind: '2', link: '../../..' },
        { name: 'vt/a.yml', content: person(1) },
      ]),
  },
  {
    name: 'a member that tells of 8 GB',
    light: true,
    kind: 'openstates',
    file: 'a.tar.gz',
    bytes: () => oddTarGz([{ name: 'vt/a.yml', content: person(1), size: 8 ** 11 - 1 }]),
  },
  {
    name: 'a file twice',
    light: true,
    kind: 'openstates',
    file: 'a.tar.gz',
    bytes: () => oddTarGz(['1', '2'].map((text) => ({ name: 'vt/a.yml', content: person(Number(text)) }))),
  },
  {
    name: '10^6 entries in ZIP',
    kind: 'openstates',
    file: 'a.zip',
    bytes: () =>
      oddZip([
        { name: 'a', content: Buffer.from('x') },
        ...Array.from({ length: MANY }, () => ({ name: 'a' })),
      ]),
  },
  {
    name: 'overlapping entries in ZIP',
    everyDay: true,
    kind: 'openstates',
    file: 'a.zip',
    bytes: () =>
      oddZip([
        {
          name: 'vt/a.yml',
          content: deflateRawSync(Buffer.alloc(4 * MEGABYTE, '#')),
          deflated: { bytes: 4 * MEGABYTE, crc: 0 },
        },
        ...Array.from({ length: 20_000 }, (_, at) => ({ name: `vt/${at}.yml` })),
      ]),
  },
  {
    name: 'ZIP in ZIP in ZIP',
    kind: 'openstates',
    file: 'a.zip',
    bytes: () => {
      let inner = oddZip([
        { name: 'a.yml', content: deflatedZeros(100), deflated: { bytes: 100 * MEGABYTE, crc: 0 } },
      ]);
      for (let layer = 0; layer < 6; layer += 1)
        inner = oddZip(Array.from({ length: 4 }, (_, at) => ({ name: `${at}.zip`, content: inner })));
      return inner;
    },
  },
  {
    name: 'a link out of a ZIP archive',
    light: true,
    kind: 'openstates',
    file: 'a.zip',
    bytes: () =>
      oddZip([{ name: 'vt/a.yml', content: Buffer.from('../../../../etc/passwd'), mode: 0o120777 }]),
  },
  {
    name: 'an absolute path in a ZIP archive',
    light: true,
    kind: 'openstates',
    file: 'a.zip',
    bytes: () => oddZip([{ name: ESCAPED, content: Buffer.from(person(1)) }]),
  },
  {
    name: 'a Windows path in a ZIP archive',
    light: true,
    kind: 'openstates',
    file: 'a.zip',
    bytes: () => oddZip([{ name: '..\\..\\a.yml', content: Buffer.from(person(1)) }]),
  },
];
