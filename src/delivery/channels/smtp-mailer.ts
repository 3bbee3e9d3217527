import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createTransport, type PluginFunction } from 'nodemailer';
import type { Config, Secrets } from '../../config/index.js';
import { AppError } from '../../errors.js';
import { keptAnswer, type Outcome } from './outcome.js';
import { type OutgoingMail, toNodemailer } from './outgoing-mail.js';
import { outcomeOfError, type SendStage } from './smtp-errors.js';
import { StopShelf } from './stop-shelf.js';

const MOST_MESSAGES_PER_CONNECTION = 1000;

/** How long the mail server may take. Tests make them short. */
export interface SmtpTimeouts {
  readonly connectMs: number;
  /** From the first command of a message to its last answer, however slowly the server drips. */
  readonly totalMs: number;
}

export const SMTP_TIMEOUTS: SmtpTimeouts = { connectMs: 10_000, totalMs: 60_000 };

/** Sends mail through the operator's mail server, over a pool of connections. */
export interface SmtpMailer {
  readonly host: string;
  /** Never rejects. */
  send(mail: OutgoingMail): Promise<Outcome>;
  /** Ends every send that has begun; the outcome of each says how far it had come. */
  breakOff(): void;
  /** @throws what nodemailer says, when the server cannot be reached or does not let us in. */
  verify(): Promise<void>;
  close(): void;
}

interface MailerOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly connections: number;
  readonly timeouts?: SmtpTimeouts;
}

interface Trace {
  stage: SendStage;
}

/**
 * Opens the pool; connects when the first mail is sent. `undefined` where SMTP_URL is not set.
 * @throws AppError `invalid_configuration` when SMTP_URL is none, or the DKIM key would leave mail unsigned.
 */
export function openSmtpMailer(options: MailerOptions): SmtpMailer | undefined {
  const { config, secrets, connections, timeouts = SMTP_TIMEOUTS } = options;
  if (secrets.smtpUrl === undefined || !config.mail.smtp) return undefined;
  const { hostname, username } = readSmtpUrl(secrets.smtpUrl);
  const transport = createTransport({
    url: secrets.smtpUrl,
    pool: true,
    name: config.mail.domain,
    maxConnections: connections,
    maxMessages: MOST_MESSAGES_PER_CONNECTION,
    // Once: a reused connection that the server had dropped, with not a byte of the message sent.
    maxRequeues: 1,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    socketTimeout: timeouts.totalMs,
    requireTLS: username !== '' && !/^(?:localhost|127\..*|\[?::1\]?)$/.test(hostname),
    ...dkimOptions(config, secrets),
  });
  transport.use('stream', traceStage);
  const stops = new StopShelf();
  return {
    host: hostname,
    async send(mail) {
      const trace: Trace = { stage: 'connecting' };
      const stop = stops.take(timeouts.connectMs + timeouts.totalMs);
      try {
        const data = { ...toNodemailer(mail), signal: stop.signal, trace };
        const { response } = await transport.sendMail(data);
        return { kind: 'accepted', by: 'relay', answer: keptAnswer(response), host: hostname };
      } catch (error) {
        return outcomeOfError(error, trace.stage);
      } finally {
        stops.giveBack(stop);
      }
    },
    breakOff: () => stops.abortAll(),
    verify: async () => {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

function readSmtpUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new AppError('invalid_configuration', {
    detail:
      'SMTP_URL is not a mail server’s address. Give it like smtps://user:password@mail.example.org:465.',
  });
}

// The connection asks for the message's stream when it begins, and reads it to its end just before the final dot.
const traceStage: PluginFunction = (mail, done) => {
  const trace: unknown = Reflect.get(mail.data, 'trace');
  const { message } = mail;
  if (isTrace(trace) && message !== null) {
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      trace.stage = 'begun';
      const stream = createReadStream(options);
      stream.once('end', () => {
        trace.stage = 'handed_over';
      });
      return stream;
    };
  }
  done();
};

function isTrace(value: unknown): value is Trace {
  return typeof value === 'object' && value !== null && 'stage' in value;
}

function dkimOptions({ mail }: Config, { dkimKey }: Secrets) {
  if (mail.dkim === undefined || dkimKey === undefined) return {};
  const { domain, selector } = mail.dkim;
  return { dkim: { domainName: domain, keySelector: selector, privateKey: readRsaKey(dkimKey) } };
}

/**
 * Reads a DKIM key once: nodemailer would parse the PEM again for every mail.
 * @throws AppError `invalid_configuration` for any key but RSA, with which nodemailer sends unsigned and says nothing.
 */
export function readRsaKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new AppError('invalid_configuration', {
      detail:
        'The file in REDRESS_DKIM_KEY_FILE is not a private key in PEM form. Make one: openssl genrsa 2048',
      cause,
    });
  }
  if (key.asymmetricKeyType === 'rsa') return key;
  throw new AppError('invalid_configuration', {
    detail: `The key in REDRESS_DKIM_KEY_FILE is ${key.asymmetricKeyType}, and mail would silently go unsigned. Use an RSA key of 2048 bits: openssl genrsa 2048`,
  });
}
