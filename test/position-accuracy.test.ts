import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { divisionPath } from '../src/browse/paths.js';
import { demoSet } from '../src/legislatures/index.js';
import { UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import { bareLookup } from './support/bare-lookup.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, startTestServer, type TestServer } from './support/test-server.js';
import { sized } from './support/trial.js';

const POINTS = sized(40, 400);
/** Nearer than this the border counts, however exact the device. */
const BORDER_METRES = 150;
const GOLDEN = 0.618_033_988_75;
/** The bare computation is on a plane: so near to the edge of the circle the two may differ. */
const SLACK = 0.001;

const districts = demoSet().divisions.flatMap(({ id, boundary }) =>
  boundary === undefined ? [] : [{ id, boundary }],
);
const lookUp = bareLookup(districts.map(({ boundary }) => boundary));

interface Case {
  readonly at: string;
  readonly districts: readonly string[];
}

/** Points along the borders and off them, each with an accuracy and what lies in its circle by simple means. */
function makeCases(): Case[] {
  const corners = districts.flatMap(({ boundary }) => boundary.flatMap(([outline]) => [...(outline ?? [])]));
  const cases: Case[] = [];
  for (let step = 1; cases.length < POINTS && step < 100 * POINTS; step += 1) {
    const corner = 2 * Math.floor((((step * GOLDEN) % 1) * corners.length) / 2);
    const shift = (((step * 0.7548) % 1) - 0.5) * 1e6;
    const [x, y] = [
      Math.round((corners[corner] ?? 0) + shift),
      Math.round((corners[corner + 1] ?? 0) - shift),
    ];
    const accuracy = 1 + Math.floor(((step * 0.5698) % 1) ** 2 * 9998);
    const reach = Math.max(accuracy, BORDER_METRES);
    const { inside, distances } = lookUp([x, y], reach * (1 + SLACK));
    const onTheEdge = [...distances.values()].some((metres) => metres > reach * (1 - SLACK));
    if (inside.length !== 1 || onTheEdge) continue;
    const found = new Set([...inside, ...distances.keys()]);
    cases.push({
      at: `${y / UNITS_PER_DEGREE},${x / UNITS_PER_DEGREE},${accuracy}`,
      districts: [...found].map((position) => districts[position]?.id ?? '').sort(),
    });
  }
  return cases;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await publishTestAlert(server.context);
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('the position of a device', () => {
  const cases = makeCases();

  test(`of ${POINTS} circles, each that reaches a border is said to be uncertain, with every district in it`, async () => {
    expect(cases).toHaveLength(POINTS);
    expect(cases.filter(({ districts: several }) => several.length > 1).length).toBeGreaterThan(POINTS / 10);
    expect(cases.filter(({ districts: several }) => several.length === 1).length).toBeGreaterThan(
      POINTS / 10,
    );
    for (const { at, districts: expected } of cases) {
      const letter = await (await server.post('/alerts/lamp/place', { at })).text();
      expect(boxesOf(letter, 'division').filter(Boolean).sort(), at).toEqual(
        expected.length === 1 ? [] : expected,
      );
      expect(letter.includes('The place is so close to a border'), at).toBe(expected.length > 1);
      expect(letter.includes('class="choose"'), at).toBe(expected.length > 1);

      const who = await (await server.post('/who', { at })).text();
      expect(who.includes('The place may lie in each of these'), at).toBe(expected.length > 1);
      for (const id of expected) expect(who, at).toContain(`href="${divisionPath('demo', id)}"`);
    }
  });

  test('with more digits than a circle has is no place', async () => {
    const answer = await server.post('/alerts/lamp/place', { at: '0.45,-0.2,123456' });
    expect(answer.status).toBe(400);
  });
});
