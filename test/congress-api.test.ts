import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goesByCongressMail } from '../src/actions/index.js';
import { importAlert } from '../src/alerts/index.js';
import { AppError } from '../src/errors.js';
import { alertFile, alertText } from './support/alert-text.js';
import { ASK, SENT, serveOffices, startCongressServer, youngestAction } from './support/congress-ground.js';
import { ZIPS } from './support/congress-set.js';
import { submitByApi } from './support/supporter.js';
import type { TestServer } from './support/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startCongressServer();
  await serveOffices(server, { house: ['HCA12'], senate: ['SCA01'] });
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('the API', () => {
  const supporter = {
    givenName: 'Ada Mae',
    familyName: 'Quill',
    prefix: 'Ms.',
    email: 'api@quill.example',
    phone: '555.555.0100',
    postalAddress: {
      line1: '1 Quay Stair',
      line2: 'Flat 4',
      city: 'San Francisco',
      state: 'CA',
      zip: ZIPS.twelfth,
    },
  };
  const submit = (changed: object, slug = 'congress') =>
    submitByApi({
      url: server.url,
      slug,
      key: randomUUID(),
      body: {
        place: { postcode: ZIPS.twelfth },
        letter: { message: 'I row past the lamp.' },
        supporter: changed,
        consent: true,
      },
    });
  const fieldsIn = async (answer: Response) => {
    const { errors }: { errors: { field: string }[] } = JSON.parse(await answer.text());
    return errors.map(({ field }) => field).sort();
  };

  test('takes the same facts', async () => {
    expect((await submit(supporter)).status).toBe(202);
    const { letters } = await youngestAction(server);
    expect(letters.get('okafor')?.content?.constituent).toEqual(SENT);
    expect(letters.get('quist')?.content).not.toHaveProperty('constituent');
  });

  test('names each that is missing or wrong', async () => {
    const bare = await submit({ name: 'Ada Quill', email: 'api@quill.example' });
    expect(bare.status).toBe(400);
    expect(await fieldsIn(bare)).toEqual(
      [
        'supporter.givenName',
        'supporter.familyName',
        'supporter.prefix',
        'supporter.postalAddress.line1',
        'supporter.postalAddress.city',
        'supporter.postalAddress.state',
        'supporter.postalAddress.zip',
      ].sort(),
    );
    const wrong = await submit({
      ...supporter,
      phone: '1',
      postalAddress: { ...supporter.postalAddress, zip: '1' },
    });
    expect(await fieldsIn(wrong)).toEqual(['supporter.phone', 'supporter.postalAddress.zip']);
    const twice = await submit({ ...supporter, name: 'Ada Quill' });
    expect([twice.status, await fieldsIn(twice)]).toEqual([400, ['supporter.name']]);
  });

  test('keeps none of them where no office wants them', async () => {
    const answer = await submit({ ...supporter, name: undefined }, 'no-topic');
    expect(answer.status).toBe(202);
    const { letters, supporter: kept } = await youngestAction(server);
    expect(JSON.stringify([...letters.values(), kept])).not.toMatch(/555.555|Ms\./);
  });
});

test('an import asks for topics where letters may go by the mail systems, and only there', async () => {
  const { context } = server;
  const ask = (legislature: string) => goesByCongressMail(context, { organisationId: 1, legislature });
  expect([await ask('us-congress'), await ask('demo'), await ask('nowhere')]).toEqual([true, false, false]);
  const file = alertFile(
    alertText({ ask: ASK, slug: 'slug: late', date: 'date: 2026-11-20', corrections: undefined }),
  );
  const request = { organisationId: 1, file, publish: true, replace: false, by: 'test' };
  const refused = importAlert(context, { ...request, goesByCongressMail: ask });
  await expect(refused).rejects.toThrow(AppError);
  await expect(refused).rejects.toThrow('topics is missing');
});
