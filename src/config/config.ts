import { isIP } from 'node:net';
import { delimiter, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { AppError } from '../errors.js';
import { type BounceConfig, readBounces } from './bounces.js';
import { type CwcConfig, readCwc } from './cwc.js';
import type { Environment } from './environment.js';
import { type GeocoderConfig, readGeocoder } from './geocoder.js';

const DEFAULT_PORT = 3000;
const HIGHEST_PORT = 65_535;
const DEFAULT_MAILS_PER_HOUR = 1000;
const DEFAULT_ACTIONS_PER_NETWORK_AND_HOUR = 100;
export const DEFAULT_MAILS_PER_OFFICE_AND_HOUR = 600;

/** A complete, checked configuration without secrets. */
export interface Config {
  /** Absolute path of the data folder. */
  readonly dataDirectory: string;
  readonly keyFile: string;
  readonly embedded: boolean;
  readonly host: string;
  readonly port: number;
  readonly loopback: boolean;
  /** The only source of links: origin without a slash at the end. */
  readonly url: string;
  /** Real addresses are written to only when an operator switched this on. */
  readonly delivery: boolean;
  readonly mail: MailConfig;
  readonly bounces: BounceConfig;
  /** Confirmation mails an hour, over the whole installation. */
  readonly mailsPerHour: number;
  readonly actionsPerNetworkAndHour: number;
  /** Letters by mail to one office, where staff set no other pace for it. */
  readonly mailsPerOfficeAndHour: number;
  readonly trustedProxies: readonly string[];
  readonly metricsPort: number | undefined;
  readonly logLevel: string;
  readonly worker: boolean;
  readonly demo: boolean;
  readonly geocoder: GeocoderConfig;
  readonly cwc: CwcConfig;
  /** Pages may ask the browser where it is, at the person's own click. */
  readonly devicePosition: boolean;
  /** Folders with fonts for letters on paper, beside those that come along; absolute paths. */
  readonly fontFolders: readonly string[];
  /** Where visitors get the source of this running version (AGPL, section 13). */
  readonly sourceUrl: string | undefined;
}

export interface MailConfig {
  /** False: mail is written to the outbox folder and marked as not sent. */
  readonly smtp: boolean;
  /** The address in From; its domain is also that of the envelope sender and of message ids. */
  readonly from: string;
  readonly domain: string;
  readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | undefined;
}

/**
 * Turns the environment into a configuration.
 * @throws AppError `invalid_configuration` that says which variable to mend, and how.
 */
export function makeConfig(environment: Environment): Config {
  const dataDirectory = resolve(environment.data ?? 'data');
  const host = environment.host ?? '127.0.0.1';
  const port = readPort('PORT', environment.port) ?? DEFAULT_PORT;
  const url = readUrl(environment, host, port);
  return {
    dataDirectory,
    keyFile: readKeyFile(environment, dataDirectory),
    embedded: environment.databaseUrl === undefined,
    host,
    port,
    loopback: isLoopback(host),
    url,
    delivery: readDelivery(environment),
    mail: readMail(environment, url),
    bounces: readBounces(environment, port),
    mailsPerHour: readCount('REDRESS_MAIL_BUDGET', environment.mailBudget) ?? DEFAULT_MAILS_PER_HOUR,
    actionsPerNetworkAndHour:
      readCount('REDRESS_NETWORK_CAP', environment.networkCap) ?? DEFAULT_ACTIONS_PER_NETWORK_AND_HOUR,
    mailsPerOfficeAndHour: readPace(environment),
    trustedProxies: readProxies(environment.trustedProxies),
    metricsPort: readPort('REDRESS_METRICS_PORT', environment.metricsPort),
    logLevel: readLogLevel(environment.logLevel),
    worker: readSwitch('REDRESS_WORKER', environment.worker, true),
    demo: readSwitch('REDRESS_DEMO', environment.demo, environment.databaseUrl === undefined),
    geocoder: readGeocoder(environment),
    cwc: readCwc(environment.cwc),
    devicePosition: readSwitch('REDRESS_DEVICE_POSITION', environment.devicePosition, false),
    sourceUrl: readSourceUrl(environment.sourceUrl),
    fontFolders: readFolders(environment.fonts),
  };
}

/** Folders in one variable, separated as in `PATH`. */
function readFolders(value = ''): readonly string[] {
  return value
    .split(delimiter)
    .filter((folder) => folder.trim() !== '')
    .map((folder) => resolve(folder.trim()));
}

function refuse(detail: string): never {
  throw new AppError('invalid_configuration', { detail });
}

function readSwitch(name: string, value: string | undefined, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (value === 'on' || value === 'off') return value === 'on';
  return refuse(`${name} is "${value}". Set it to on or off.`);
}

function readDelivery({ delivery, smtpUrl }: Environment): boolean {
  const on = readSwitch('REDRESS_DELIVERY', delivery, false);
  if (on && smtpUrl === undefined) {
    refuse(
      'REDRESS_DELIVERY is on, but SMTP_URL is not set: nothing could leave. Set it, like smtps://user:password@mail.example.org:465.',
    );
  }
  return on;
}

function readCount(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  return refuse(`${name} is "${value}". Give a whole number.`);
}

function readPace({ officePace }: Environment): number {
  const pace = readCount('REDRESS_OFFICE_PACE', officePace) ?? DEFAULT_MAILS_PER_OFFICE_AND_HOUR;
  return pace > 0 ? pace : refuse('REDRESS_OFFICE_PACE is 0: no letter would ever go. Give 1 or more.');
}

function readPort(name: string, value: string | undefined): number | undefined {
  const port = readCount(name, value);
  if (port !== undefined && port > HIGHEST_PORT) refuse(`${name} is ${port}. Ports end at ${HIGHEST_PORT}.`);
  return port;
}

function readLogLevel(value = 'warn'): string {
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
  return levels.includes(value)
    ? value
    : refuse(`REDRESS_LOG_LEVEL is "${value}". Use one of ${levels.join(', ')}.`);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function readUrl(environment: Environment, host: string, port: number): string {
  if (environment.url === undefined) {
    if (isLoopback(host)) return `http://${host === '::1' ? '[::1]' : host}:${port}`;
    return refuse(
      `HOST is ${host}, so others can reach this server. Set REDRESS_URL to its public address, for example https://act.example.org.`,
    );
  }
  const url = URL.parse(environment.url);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return refuse(
      `REDRESS_URL is "${environment.url}". Give a full address, for example https://act.example.org.`,
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return refuse('REDRESS_URL must be an origin alone: scheme, host and port, with nothing behind them.');
  }
  return url.origin;
}

function readSourceUrl(value: string | undefined): string | undefined {
  if (value === undefined || /^https?:$/.test(URL.parse(value)?.protocol ?? '')) return value;
  return refuse(
    `REDRESS_SOURCE_URL is "${value}". Give a full address, for example https://code.example.org/redress.`,
  );
}

function readKeyFile(environment: Environment, dataDirectory: string): string {
  const keyFile = resolve(environment.keyFile ?? `${dataDirectory}.key`);
  if (keyFile.startsWith(`${dataDirectory}/`)) {
    refuse(
      `REDRESS_KEY_FILE (${keyFile}) lies inside the data folder. Keep the key elsewhere: whoever copies the data must not get the key with it.`,
    );
  }
  return keyFile;
}

function readMail(environment: Environment, url: string): MailConfig {
  const hostname = new URL(url).hostname;
  const mailHost = isIP(hostname.replace(/^\[|\]$/g, '')) ? 'redress.invalid' : hostname;
  const from = environment.mailFrom ?? `letters@${mailHost}`;
  const domain = /^[^\s@<>",;:]+@([a-z0-9.-]+)$/i.exec(from)?.[1];
  if (domain === undefined)
    return refuse(`REDRESS_MAIL_FROM is "${from}". Give one plain address, like letters@example.org.`);
  if (environment.smtpUrl !== undefined && environment.mailFrom === undefined) {
    refuse(
      'SMTP_URL is set, but not REDRESS_MAIL_FROM: the address that letters come from. Set it, like letters@example.org.',
    );
  }
  return { smtp: environment.smtpUrl !== undefined, from, domain, dkim: readDkim(environment, domain) };
}

function readDkim(environment: Environment, mailDomain: string): MailConfig['dkim'] {
  const { dkimKeyFile, dkimDomain, dkimSelector } = environment;
  if (dkimKeyFile === undefined) {
    if (dkimDomain ?? dkimSelector)
      refuse('REDRESS_DKIM_DOMAIN or REDRESS_DKIM_SELECTOR is set, but not REDRESS_DKIM_KEY_FILE.');
    return undefined;
  }
  return {
    keyFile: resolve(dkimKeyFile),
    domain: dkimDomain ?? mailDomain,
    selector: dkimSelector ?? 'redress',
  };
}

function readProxies(value: string | undefined): readonly string[] {
  const proxies = value?.split(/[\s,]+/).filter(Boolean) ?? [];
  for (const proxy of proxies) {
    if (!ipaddr.isValid(proxy) && !ipaddr.isValidCIDR(proxy)) {
      refuse(
        `REDRESS_TRUSTED_PROXIES names "${proxy}". List addresses or ranges, like 127.0.0.1 or 10.0.0.0/8.`,
      );
    }
  }
  return proxies;
}
