import { readFileSync } from 'node:fs';
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm';
import { buildCwcXml } from '../src/delivery/channels/cwc/build-xml.js';
import type { CwcFacts } from '../src/delivery/channels/cwc/cwc-facts.js';
import { CWC_CHAMBERS, type CwcValidator, openCwcValidator } from '../src/delivery/index.js';
import { printFigure, printRatio, type Round, rate } from './report.js';

const ROUNDS = 7;
const LETTERS = 5000;
const WARM_UP = 500;
const PARAGRAPH = 'The ferry is how we get to work, to school and to the doctor, and it is late every day. ';

/** A letter to the House built and checked, against libxml2 alone, which checks one that is there already. */
export async function measureCwcBuild(): Promise<void> {
  using validator = await openCwcValidator();
  using schema = openSchema();
  const chamber = CWC_CHAMBERS.cwc_house;
  const ready = buildCwcXml(chamber, lettersFacts(0));
  const ours = (): number =>
    perSecond((index) => check(validator, buildCwcXml(chamber, lettersFacts(index))));
  const limit = (): number =>
    perSecond(() => {
      using document = XmlDocument.fromString(ready);
      schema.validate(document);
    });
  for (const measure of [ours, limit]) measure();
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push({ ours: ours(), bare: limit() });
  printRatio({ name: 'cwc-build', goal: 0.6, rounds });
  printFigure(
    `${rate(rounds, 'ours')} built and checked, ${rate(rounds, 'bare')} checked by libxml2; letters of ${Buffer.byteLength(ready)} bytes`,
  );
}

function openSchema(): RelaxNGValidator {
  const source = readFileSync(new URL('../../src/delivery/channels/cwc/house.rng', import.meta.url));
  using document = XmlDocument.fromBuffer(source);
  return RelaxNGValidator.fromDoc(document);
}

function check(validator: CwcValidator, xml: string): void {
  const problems = validator.problems('cwc_house', xml);
  if (problems.length > 0) throw new Error(problems.join('; '));
}

function perSecond(act: (index: number) => void): number {
  for (let index = 0; index < WARM_UP; index += 1) act(index);
  const begin = performance.now();
  for (let index = 0; index < LETTERS; index += 1) act(index);
  return LETTERS / ((performance.now() - begin) / 1000);
}

function lettersFacts(index: number): CwcFacts {
  return {
    deliveryId: index.toString(16).padStart(32, '0'),
    date: '20261123',
    agent: {
      name: 'Redress Bench Agent',
      ackEmail: 'ack@agent.example',
      contact: { name: 'Jo Tester', email: 'jo@agent.example', phone: '202-555-0100' },
    },
    organisation: {
      name: 'The Lanternists',
      contact: { email: 'post@lantern.example' },
      about: 'Sent for its writer through The Lanternists, Old Customs House (post@lantern.example).',
    },
    campaignId: 'a'.repeat(64),
    officeCode: 'HVA04',
    constituent: {
      prefix: 'Ms.',
      firstName: 'Jane',
      lastName: `Doe ${index}`,
      address1: `${index} Quay Street`,
      city: 'Arlington',
      state: 'VA',
      zip: '23233',
      email: `jane.${index}@supporter.example`,
    },
    subject: 'Keep the ferry running',
    topics: ['Transportation and Public Works'],
    bills: [{ congress: 119, type: 'hr', number: 233 }],
    billNaming: 'short',
    stance: 'pro',
    statement: `${PARAGRAPH.repeat(5)}\n`,
    message: `${PARAGRAPH.repeat(10)}\n`,
  };
}
