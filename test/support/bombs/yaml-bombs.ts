import { oddTarGz } from '../odd-archives.js';
import { DEEP, type ImportBomb, MEGABYTE, repeat } from './bomb.js';

const YAML: readonly ImportBomb[] = [
  ...Object.entries<(most: number) => string>({
    'lists in lists by dashes': (most) => `x:\n  ${'- '.repeat(most / 2)}1\n`,
    'maps in maps by lines': () => `x:\n${repeat(700, (at) => `${' '.repeat(at + 1)}a:\n`)}`,
    braces: (most) => `x: ${'{'.repeat(most)}\n`,
    anchors: () => `x: [${repeat(99_000, (at) => `&a${at} 1`, ', ')}]\n`,
    'aliases of nothing': () => `x: [${repeat(99_000, (at) => `*a${at}`, ', ')}]\n`,
    tags: () => `x: [${repeat(99_000, (at) => `!t${at} 1`, ', ')}]\n`,
    documents: (most) => '---\n'.repeat(most / 4),
    directives: (most) => `${'%TAG !a! b\n'.repeat(most / 12)}---\nx: 1\n`,
    comments: (most) => '#\n'.repeat(most / 2),
    'a scalar of many lines': (most) => `x: ${'a\n  '.repeat(most / 4)}\n`,
    'a quote of many lines': (most) => `x: "${'\\\n  '.repeat(most / 5)}"\n`,
    'a block of many lines': (most) => `x: |\n${'  \n'.repeat(most / 3)}`,
    'question marks': (most) => `${'? a\n'.repeat(most / 4)}`,
    colons: (most) => `x: ${':'.repeat(most)}\n`,
    'a huge number': (most) => `x: ${'9'.repeat(most)}\n`,
    'sets and maps of YAML 1.1': () => `%YAML 1.1\n---\nx: !!set {a, b}\ny: !!omap [a: 1]\n<<: 1\n`,
    'a merge of nothing': () => `%YAML 1.1\n---\n<<: 1\nid: a\n`,
    'bytes of YAML 1.1': (most) => `%YAML 1.1\n---\nx: !!binary "${'AAAA'.repeat(most / 5)}"\n`,
    tabs: (most) => `x:\n${'\t'.repeat(most)}\n`,
    'carriage returns': (most) => `x: [${'\r'.repeat(most)}]\n`,
  }).map(
    ([name, make]): ImportBomb => ({
      name: `YAML: ${name}`,
      kind: 'us-congress',
      file: 'deep/down/legislators-current.yaml',
      bytes: () => make(3_000_000),
    }),
  ),
];

const COMMITTEES = { 'committees-current.yaml': '- type: house\n  name: Lamps\n  thomas_id: HSLA\n' };

const CONGRESS: readonly ImportBomb[] = [
  {
    name: '2 million ZIP codes',
    kind: 'us-congress',
    file: 'zccd.csv',
    bytes: () => '06,CA,90001,1\n'.repeat(2_200_000),
  },
  {
    name: 'a contact form of 30 MB',
    kind: 'us-congress',
    file: 'contact-congress.tar.gz',
    sound: true,
    bytes: () =>
      oddTarGz([{ name: 'members/A000001.yaml', content: `x: |\n${'  x\n'.repeat(7 * MEGABYTE)}` }]),
  },
  {
    name: '5,000 contact forms as full as can be',
    kind: 'us-congress',
    file: 'contact-congress.tar.gz',
    bytes: () =>
      oddTarGz(
        Array.from({ length: 5000 }, (_, at) => ({
          name: `members/A${String(at).padStart(6, '0')}.yaml`,
          content: `bioguide: A\ncontact_form:\n  steps: [${'{},'.repeat(2000)}]\n`,
        })),
      ),
  },
  {
    name: 'committees: 30,000 lists of nobody',
    kind: 'us-congress',
    file: 'committee-membership-current.yaml',
    beside: COMMITTEES,
    sound: true,
    bytes: () => repeat(30_000, (at) => `"A${at}": []\n`),
  },
  {
    name: 'committees: __proto__',
    light: true,
    kind: 'us-congress',
    file: 'committee-membership-current.yaml',
    beside: COMMITTEES,
    sound: true,
    bytes: () => '__proto__:\n- bioguide: T000000\nconstructor: []\n',
  },
  {
    name: 'social accounts: 2 x 10^5 of one person',
    kind: 'us-congress',
    file: 'legislators-social-media.yaml',
    bytes: () => `- id:\n    bioguide: T000000\n  social:\n${repeat(2 * DEEP, (at) => `    s${at}: x\n`)}`,
  },
];

export const YAML_BOMBS = [...YAML, ...CONGRESS];
