import { AppError } from '../errors.js';
import { type ClosedHours, readClosedHours } from './closed-hours.js';
import type { CwcChamberEnvironment, CwcEnvironment } from './cwc-environment.js';

/**
 * `validate`: the chamber's system checks letters and keeps none. `test`: its test system takes them, no office does.
 * Only `production` reaches offices.
 */
export type CwcMode = 'validate' | 'test' | 'production';

/** How a citation names the kind of a bill: `hr`, or `H.R.`. */
export type BillNaming = 'short' | 'cited';

/** Who delivers, as registered with the chambers. */
export interface CwcAgent {
  readonly name: string;
  readonly ackEmail: string;
  /** The telephone number is `202-555-0100`. */
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string };
}

/** One chamber's system for letters, as the operator set it up. */
export interface CwcSystem {
  readonly mode: CwcMode;
  readonly agent: CwcAgent;
  /** Where a letter is posted; the key is none of it. */
  readonly sendTo: string;
  /** Where the active offices are listed; undefined where every office is one, as in the Senate's test system. */
  readonly officesAt: string | undefined;
  /** Both addresses are of this machine. */
  readonly loopback: boolean;
  readonly closed: readonly ClosedHours[];
  readonly bills: BillNaming;
}

/** Undefined where a chamber is off. */
export interface CwcConfig {
  readonly house: CwcSystem | undefined;
  readonly senate: CwcSystem | undefined;
}

/** What is known of a chamber's system, where the operator says nothing else. */
interface ChamberDefaults {
  readonly variable: string;
  readonly modes: readonly CwcMode[];
  readonly base: Readonly<Partial<Record<CwcMode, string>>>;
  sendTo(base: URL, mode: CwcMode): string;
  officesAt(base: URL, mode: CwcMode): string | undefined;
  readonly closed: string;
  readonly bills: BillNaming;
}

const HOUSE_TEST = 'https://uat-cwc.house.gov';
const HOUSE: ChamberDefaults = {
  variable: 'REDRESS_CWC_HOUSE',
  modes: ['validate', 'test', 'production'],
  base: { validate: HOUSE_TEST, test: HOUSE_TEST, production: 'https://cwc.house.gov' },
  sendTo: (base, mode) => below(base, mode === 'validate' ? '/v2/validate' : '/v2/message'),
  officesAt: (base) => below(base, '/v2/offices'),
  closed: 'none',
  bills: 'short',
};
const SENATE: ChamberDefaults = {
  variable: 'REDRESS_CWC_SENATE',
  modes: ['test', 'production'],
  base: {
    test: 'https://soapbox.senate.gov/api/testing-messages/',
    production: 'https://soapbox.senate.gov/api/production-messages/',
  },
  sendTo: (base) => base.href,
  officesAt: (base, mode) => (mode === 'test' ? undefined : new URL('/api/active_offices', base).href),
  closed: 'sun 00:00-06:00, wed 05:00-07:00',
  bills: 'cited',
};

const MAIL_ADDRESS = /^[^\s@]+@[^\s@.]+\.[^\s@]+$/;
const PHONE = /^\d{3}-\d{3}-\d{4}$/;
const MOST_CHARACTERS = 500;

interface Shape {
  readonly what: string;
  fits(text: string): boolean;
}

const AGENT: Shape = { what: 'your name as registered with the chamber', fits: ofLength(2) };
const ACK_EMAIL: Shape = {
  what: 'the e-mail address for acknowledgements',
  fits: (text) => MAIL_ADDRESS.test(text),
};
const CONTACT_NAME: Shape = {
  what: 'the name of the person whom the chamber may ask, six letters or more',
  fits: ofLength(6),
};
const CONTACT_EMAIL: Shape = {
  what: 'that person’s e-mail address',
  fits: (text) => MAIL_ADDRESS.test(text),
};
const CONTACT_PHONE: Shape = {
  what: 'that person’s telephone number, like 202-555-0100',
  fits: (text) => PHONE.test(text),
};

/**
 * How letters go to the House and the Senate: not at all, unless the operator says so.
 * @throws AppError `invalid_configuration`
 */
export function readCwc(environment: CwcEnvironment): CwcConfig {
  return {
    house: readSystem(HOUSE, environment.house, environment),
    senate: readSystem(SENATE, environment.senate, environment),
  };
}

function readSystem(
  defaults: ChamberDefaults,
  given: CwcChamberEnvironment,
  environment: CwcEnvironment,
): CwcSystem | undefined {
  const { variable } = defaults;
  const mode = readMode(defaults, given);
  if (mode === undefined) return undefined;
  const base = readUrl(`${variable}_URL`, given.url ?? defaults.base[mode] ?? '');
  const officesAt =
    given.officesUrl === undefined
      ? defaults.officesAt(base, mode)
      : readUrl(`${variable}_OFFICES_URL`, given.officesUrl).href;
  return {
    mode,
    agent: readAgent(variable, environment),
    sendTo: defaults.sendTo(base, mode),
    officesAt,
    loopback: isLoopback(base) && (officesAt === undefined || isLoopback(new URL(officesAt))),
    closed: readClosedHours(`${variable}_CLOSED`, given.closed ?? defaults.closed),
    bills: readBills(defaults, given),
  };
}

function readMode(
  { variable, modes }: ChamberDefaults,
  { mode, ...more }: CwcChamberEnvironment,
): CwcMode | undefined {
  if (mode === 'off') return undefined;
  if (mode === undefined) {
    const set = Object.values(more).some((value) => value !== undefined);
    return set
      ? refuse(`${variable}_… is set, but not ${variable}. Set it to off, ${modes.join(' or ')}.`)
      : undefined;
  }
  const known = modes.find((candidate) => candidate === mode);
  return known ?? refuse(`${variable} is "${mode}". Use one of off, ${modes.join(', ')}.`);
}

function readBills({ variable, bills }: ChamberDefaults, given: CwcChamberEnvironment): BillNaming {
  const naming = given.bills ?? bills;
  if (naming === 'short' || naming === 'cited') return naming;
  return refuse(`${variable}_BILLS is "${naming}". Set it to short (hr) or cited (H.R.).`);
}

function readAgent(variable: string, environment: CwcEnvironment): CwcAgent {
  const { agent, ackEmail, contactName, contactEmail, contactPhone } = environment;
  const read = (name: string, value: string | undefined, { fits, what }: Shape): string => {
    if (value === undefined) return refuse(`${variable} is on, but not ${name}: ${what}. Set it.`);
    return fits(value) ? value : refuse(`${name} is "${value}". Give ${what}.`);
  };
  return {
    name: read('REDRESS_CWC_AGENT', agent, AGENT),
    ackEmail: read('REDRESS_CWC_ACK_EMAIL', ackEmail, ACK_EMAIL),
    contact: {
      name: read('REDRESS_CWC_CONTACT_NAME', contactName, CONTACT_NAME),
      email: read('REDRESS_CWC_CONTACT_EMAIL', contactEmail, CONTACT_EMAIL),
      phone: read('REDRESS_CWC_CONTACT_PHONE', contactPhone, CONTACT_PHONE),
    },
  };
}

function ofLength(least: number): (text: string) => boolean {
  return (text) => text.length >= least && text.length <= MOST_CHARACTERS;
}

/** It must hold no key: the key is the organisation's, and sealed. */
function readUrl(variable: string, text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    return refuse(`${variable} is no address. Give a full one, like https://cwc.example.`);
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    refuse(`${variable} holds more than an address. Keys are set by: redress channel key set`);
  if (url.protocol === 'http:' && !isLoopback(url))
    refuse(`${variable} would send letters to ${url.hostname} in the clear. Use https.`);
  return url;
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function below(base: URL, path: string): string {
  return base.href.replace(/\/$/, '') + path;
}

function refuse(detail: string): never {
  throw new AppError('invalid_configuration', { detail });
}
