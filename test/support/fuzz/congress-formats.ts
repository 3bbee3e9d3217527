import { stringify } from 'yaml';
import { zip } from '../shapefile-writer.js';
import { tarGz } from '../tar-writer.js';
import { tinyCensusZip, tinyMap, tinyMembers, tinyZips } from '../tiny-congress.js';
import { asIs, FOLDER, type ImportFormat, membersOf, type Parts, textParts } from './import-format.js';

const MEMBERS = 'legislators-current.yaml';
const MAP = 'us-cd119-500k.topojson';
const CENSUS = 'cb_2024_us_cd119_500k.zip';
const ZIPS = 'zccd.csv';
const COMMITTEES = 'committees-current.yaml';
const SITTING = 'committee-membership-current.yaml';
const SOCIAL = 'legislators-social-media.yaml';
const FORMS = 'contact-congress.tar.gz';

const FORM = {
  bioguide: 'T000001',
  contact_form: {
    method: 'post',
    action: 'https://office.example/contact',
    steps: [
      { visit: 'https://office.example/contact' },
      {
        fill_in: [
          { name: 'a', selector: '#a', value: '$NAME_FIRST', required: true },
          { name: 'm', value: '$MESSAGE', required: 'true', options: { max_length: 2000 } },
        ],
      },
      { select: [{ name: 't', value: '$TOPIC', required: true, options: { Lamps: 'L', Ferries: 'F' } }] },
      { recaptcha: true },
      { click_on: [{ selector: '#send' }] },
    ],
    success: { body: { contains: 'Thank you' } },
  },
};
const FORM_FILES = textParts({
  'members/T000001.yaml': stringify(FORM),
  'members/T000002.yaml': stringify({ ...FORM, bioguide: 'T000002' }),
});

const FILES = textParts({
  [MEMBERS]: stringify(tinyMembers()),
  [ZIPS]: tinyZips(),
  [MAP]: JSON.stringify(tinyMap()),
  [COMMITTEES]: stringify([
    {
      type: 'senate',
      name: 'Lamps',
      url: 'https://lamps.example/',
      thomas_id: 'SSLA',
      phone: '1',
      subcommittees: [{ name: 'Oil', thomas_id: '01' }],
    },
  ]),
  [SITTING]: stringify({
    SSLA: [
      { name: 'Tess', party: 'majority', rank: 1, title: 'Chair', bioguide: 'T000000' },
      { name: 'Tess', party: 'minority', rank: 1, bioguide: 'T000002' },
    ],
    SSLA01: [{ bioguide: 'T000000' }],
  }),
  [SOCIAL]: stringify([
    { id: { bioguide: 'T000000' }, social: { twitter: 'tess', youtube_id: 'x', facebook: 1 } },
  ]),
});

/** Of the Congress and of each file about it; every other file is there as well. */
export async function congressFormats(): Promise<ImportFormat[]> {
  const all = { ...FILES, [FORMS]: tarGz(FORM_FILES) };
  const withoutMap = Object.fromEntries(Object.entries(all).filter(([name]) => name !== MAP));
  const format = (name: string, parts: Parts, pack: (parts: Parts) => Parts = asIs): ImportFormat => ({
    name: `Congress, ${name}`,
    parts,
    files: (changed) => ({ ...all, ...pack(changed) }),
    command: ['legislature', 'import', 'us-congress', '--from', FOLDER],
    slow: true,
  });
  const one = (name: string): Parts => ({ [name]: FILES[name] ?? Buffer.alloc(0) });
  return [
    format('members', one(MEMBERS)),
    format('members as JSON', textParts({ [MEMBERS]: `${JSON.stringify(tinyMembers())}\n` })),
    format('ZIP areas', one(ZIPS)),
    format('map', one(MAP)),
    {
      ...format('map of the Census', await membersOf(tinyCensusZip())),
      files: (parts) => ({ ...withoutMap, [CENSUS]: zip(parts) }),
    },
    format('committees', { ...one(COMMITTEES), ...one(SITTING) }),
    format('social accounts', one(SOCIAL)),
    format('contact forms', FORM_FILES, (parts) => ({ [FORMS]: tarGz(parts) })),
  ];
}
