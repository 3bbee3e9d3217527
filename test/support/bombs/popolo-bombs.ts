import { DEEP, type ImportBomb, MANY, MEGABYTE, repeat } from './bomb.js';

const popolo = (parts: Readonly<Record<string, string>>): string =>
  `{${Object.entries(parts)
    .map(([name, items]) => `"${name}":[${items}]`)
    .join(',')}}`;
const CHAMBER = '{"id":"o","classification":"legislature"}';
const MEMBER = '{"person_id":"p","organization_id":"o"}';

export const POPOLO_BOMBS: readonly ImportBomb[] = [
  {
    name: '10^5 chambers, 10^5 memberships',
    kind: 'popolo',
    file: 'a.json',
    bytes: () =>
      popolo({
        persons: '{"id":"p","name":"A"}',
        organizations: repeat(DEEP, (at) => `{"id":"${at}","classification":"chamber"}`, ','),
        memberships: repeat(DEEP, (at) => `{"person_id":"p","organization_id":"${at}"}`, ','),
      }),
  },
  {
    name: '10^6 memberships of one person',
    kind: 'popolo',
    file: 'a.json',
    bytes: () =>
      popolo({
        persons: '{"id":"p","name":"A"}',
        organizations: CHAMBER,
        memberships: repeat(MANY / 2, () => '{"person_id":"p","organization_id":"o","end_date":"2001"}', ','),
      }),
  },
  {
    name: 'objects each with a key of its own',
    kind: 'popolo',
    file: 'a.json',
    bytes: () => `{"persons":[],"x":[${repeat(MANY - 10, (at) => `{"k${at}":1}`, ',')}]}`,
  },
  {
    name: 'one object of 10^6 keys',
    kind: 'popolo',
    file: 'a.json',
    bytes: () => `{"persons":[{"id":"p",${repeat(MANY, (at) => `"k${at}":1`, ',')}}]}`,
  },
  {
    name: '20,000 members of 20,000 areas in 60 chambers',
    kind: 'popolo',
    file: 'a.json',
    sound: true,
    bytes: () =>
      popolo({
        persons: repeat(20_000, (at) => `{"id":"p${at}","name":"A ${at}"}`, ','),
        organizations: repeat(60, (at) => `{"id":"o${at}","classification":"chamber"}`, ','),
        areas: repeat(20_000, (at) => `{"id":"a${at}"}`, ','),
        memberships: repeat(
          20_000,
          (at) => `{"person_id":"p${at}","organization_id":"o${at % 60}","area_id":"a${at}"}`,
          ',',
        ),
      }),
  },
  {
    name: 'one string of 30 MB',
    kind: 'popolo',
    file: 'a.json',
    bytes: () => `{"persons":[{"id":"${'x'.repeat(30 * MEGABYTE)}"}]}`,
  },
  {
    name: '30 MB of escapes',
    kind: 'popolo',
    file: 'a.json',
    bytes: () => `{"persons":"${'\\u00e9'.repeat(5 * MEGABYTE)}"}`,
  },
  {
    name: 'NULs in names',
    light: true,
    kind: 'popolo',
    file: 'a.json',
    bytes: () =>
      popolo({
        persons: '{"id":"p","name":"A\\u0000B"}',
        organizations: '{"id":"o","name":"House\\u0000","classification":"chamber"}',
        memberships: MEMBER,
      }),
  },
  {
    name: 'half a character in names',
    light: true,
    kind: 'popolo',
    file: 'a.json',
    bytes: () =>
      `{"meta":{"sources":["https://a.example/\\ud800"]},${popolo({
        persons: '{"id":"p","name":"A\\ud800B"}',
        organizations: CHAMBER,
        memberships: MEMBER,
      }).slice(1)}`,
  },
];
