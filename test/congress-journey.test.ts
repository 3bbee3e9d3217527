import { expect, test } from 'vitest';
import { startSimulator } from '../src/simulator/index.js';
import {
  serveOffices,
  startCongressServer,
  TYPED,
  writingPage,
  youngestAction,
} from './support/congress-ground.js';
import { CONGRESS_MAIL } from './support/congress-set.js';
import { MovedClock } from './support/moved-clock.js';
import { confirmPaths } from './support/supporter.js';
import { fieldsOf } from './support/test-server.js';
import { until } from './support/until.js';

const EMAIL = 'ada@quill.example';
const CONFIRMED_TEXT = 'I row past the lamp & its <light>.\n\nThen I row home.\n';

test('a letter to the Congress is written, shown in parts, confirmed, and taken with those parts and no others', async () => {
  await using offices = await startSimulator({ clock: new MovedClock() });
  await using server = await startCongressServer({
    ...CONGRESS_MAIL,
    REDRESS_CWC_HOUSE: 'production',
    REDRESS_CWC_HOUSE_URL: offices.url,
    REDRESS_CWC_SENATE_URL: `${offices.url}/api/production-messages/`,
    REDRESS_CWC_SENATE_OFFICES_URL: `${offices.url}/api/active_offices`,
    REDRESS_CWC_SENATE_CLOSED: 'none',
  });
  await serveOffices(server, { house: ['HCA12'], senate: ['SCA01'] });
  const form = {
    ...fieldsOf(await writingPage(server)),
    ...TYPED,
    to: ['okafor', 'halvorsen'],
    email: EMAIL,
    message: CONFIRMED_TEXT,
    consent: 'yes',
  };
  expect((await server.post('/alerts/congress/actions', form)).status).toBe(202);
  const [path = ''] = await confirmPaths(server.context.config.dataDirectory, EMAIL);
  expect((await server.post(path, {})).status).toBe(303);
  for (const [office, id] of [
    ['HCA12', 'okafor'],
    ['SCA01', 'halvorsen'],
  ] as const) {
    const received = await until(() => offices.received({ office }).find(({ kept }) => kept));
    expect(received.request?.errors).toEqual([]);
    const elements = offices.readCwc(received.number);
    expect(elements).toMatchObject({
      Prefix: ['Ms.'],
      FirstName: ['Ada Mae'],
      LastName: ['Quill'],
      Address1: ['1 Quay Stair'],
      Address2: ['Flat 4'],
      City: ['San Francisco'],
      StateAbbreviation: ['CA'],
      Zip: ['94110'],
      Phone: ['555-555-0100'],
      Email: [EMAIL],
      LibraryOfCongressTopic: ['Energy', 'Arts, Culture, Religion'],
      BillCongress: ['119'],
      BillNumber: ['233'],
      ProOrCon: ['Pro'],
      ConstituentMessage: [CONFIRMED_TEXT],
      OrganizationStatement: ['The Lanternists asks you to vote for The Lamp Act.\n'],
    });
    for (const said of ['AddressValidation', 'EmailValidation', 'MiddleName', 'Suffix', 'Title'])
      expect(elements).not.toHaveProperty(said);
    await until(
      async () => (await youngestAction(server)).letters.get(id)?.state === 'accepted' || undefined,
    );
  }
});
