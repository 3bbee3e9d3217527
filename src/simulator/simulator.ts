import { once } from 'node:events';
import type { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../context.js';
import { openCwcValidator } from '../delivery/index.js';
import { AppError } from '../errors.js';
import { CwcDesk } from './cwc/cwc-desk.js';
import { serveCwc } from './cwc/cwc-routes.js';
import { openElementReader } from './cwc/read-elements.js';
import { openHttpServer } from './http-server.js';
import type { AnswerEvent, Received } from './record/received.js';
import { serveReceived } from './record/received-routes.js';
import { Recorder } from './record/recorder.js';
import type { Behaviour, CwcBehaviour, MailBehaviour } from './script/behaviours.js';
import { Conduct } from './script/conduct.js';
import { readOfficeScript } from './script/read-script.js';
import { type OfficeScript, type Script, SERVING } from './script/script.js';
import { openRecords, type SimulatorRecords } from './simulator-records.js';
import { Greylist } from './smtp/greylist.js';
import { MailDesk } from './smtp/mail-desk.js';
import { ScriptedMailServer } from './smtp/mail-server.js';

const LOOPBACK = '127.0.0.1';
const OWN_ADDRESS = /^(?:127\.\d+\.\d+\.\d+|::1)$/;

export interface SimulatorOptions {
  /** By it the script's times run, and records are dated. */
  readonly clock: Clock;
  /** Without one every office serves. */
  readonly script?: Script;
  /** Where it listens: 127.0.0.1, or another address of this computer alone. */
  readonly host?: string;
  /** 0, the default: any free one. */
  readonly smtpPort?: number;
  readonly httpPort?: number;
  /** Whether `GET /received` gives the words of letters. */
  readonly texts?: boolean;
  /** Hears each answer as it is given. */
  readonly onAnswer?: (event: AnswerEvent) => void;
  /** More routes for the HTTP server, such as a page. */
  readonly mount?: (app: FastifyInstance, records: SimulatorRecords) => void;
}

/** Servers on loopback that behave as offices do, good and bad. */
export interface Simulator extends SimulatorRecords, AsyncDisposable {
  /** For SMTP_URL. */
  readonly smtpUrl: string;
  /** Origin of the House, the Senate, and `GET /received`. */
  readonly url: string;
  /**
   * Takes the place of all that this office did; `[]` makes it serve. `office` is `mail`, `house` or `senate` for a
   * whole server, a mail address, `@domain`, or a code such as `HVA04`.
   * @throws AppError `invalid_file` or `invalid_input` that says what to mend.
   */
  setScript(office: string, behaviour: Behaviour | readonly Behaviour[]): void;
  /** Forgets what came, and which DeliveryIds were used; scripts stay. */
  clear(): void;
}

/**
 * Starts the offices' side of delivery, in this process and on 127.0.0.1 only:
 *
 *     await using offices = await startSimulator({ clock });
 *     offices.setScript('gone@upper.example', { at: 'rcpt', do: 'answer', code: 550 });
 *     offices.setScript('mail', { at: 'final_dot', do: 'drop', times: 1 });
 *     offices.setScript('HVA04', { do: 'answer', status: 503, to: '+24h' });
 *     // ... send to offices.smtpUrl and offices.url ...
 *     offices.received({ office: 'gone@upper.example' });
 *
 * The format of behaviours is in docs/simulator.md.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, script = SERVING, texts = false } = options;
  const host = ownAddress(options.host ?? LOOPBACK);
  await using opening = new AsyncDisposableStack();
  const recorder = opening.use(new Recorder({ clock, onAnswer: options.onAnswer }));
  const mail = new Conduct<MailBehaviour>(clock, script.seed);
  const cwc = new Conduct<CwcBehaviour>(clock, script.seed);
  const apply = (office: OfficeScript): void => setBehaviours({ mail, cwc }, office);
  script.offices.forEach(apply);
  const readElements = await openElementReader();
  const schemas = opening.use(await openCwcValidator());
  const cwcDesk = new CwcDesk({ conduct: cwc, recorder, schemas, readElements, script });
  const records = openRecords(recorder, readElements);
  const desk = new MailDesk({ conduct: mail, greylist: new Greylist(clock), recorder });
  const mailServer = opening.adopt(new ScriptedMailServer(desk), (server) => server.stop());
  const app = opening.adopt(openHttpServer(), (server) => server.close());
  serveCwc(app, cwcDesk);
  serveReceived(app, { records, textOf: texts ? (message) => textOf(records, message) : undefined });
  options.mount?.(app, records);
  const listening = mailServer.listen(options.smtpPort ?? 0, host);
  await once(listening, 'listening');
  const url = await app.listen({ host, port: options.httpPort ?? 0 });
  const opened = opening.move();
  const simulator = {
    smtpUrl: `smtp://${host.includes(':') ? `[${host}]` : host}:${portOf(listening)}`,
    url,
    setScript: (office: string, behaviour: Behaviour | readonly Behaviour[]) =>
      apply(readOfficeScript(office, behaviour)),
    clear() {
      recorder.clear();
      cwcDesk.clear();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
  return Object.assign(records, simulator);
}

/** Letters to it are those of people, and it asks nobody who they are: it must not be reached from elsewhere. */
function ownAddress(host: string): string {
  if (OWN_ADDRESS.test(host)) return host;
  throw new AppError('invalid_configuration', {
    detail: `The simulator cannot listen on "${host}": it is for this computer alone. Use 127.0.0.1 or ::1.`,
  });
}

interface Conducts {
  readonly mail: Conduct<MailBehaviour>;
  readonly cwc: Conduct<CwcBehaviour>;
}

function setBehaviours({ mail, cwc }: Conducts, script: OfficeScript): void {
  if (script.kind === 'cwc') cwc.set(script.key, script.behaviours);
  else mail.set(script.key, script.behaviours);
}

async function textOf(records: SimulatorRecords, { number, server }: Received): Promise<unknown> {
  return server === 'mail' ? await records.readMail(number) : records.readCwc(number);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return address.port;
}
