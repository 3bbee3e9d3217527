import { once } from 'node:events';
import type { Server } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { BounceConfig } from '../../config/index.js';
import { AppError } from '../../errors.js';
import { readReturnAddress } from '../return-address.js';
import type { Stored } from './store-inbound.js';
import { type Taking, takeMail } from './take-mail.js';

/** More than any report; our own letters are far smaller. */
export const MOST_MAIL_BYTES = 1024 * 1024;
/** Whoever sends so much against the announced size is cut off. */
const HANG_UP_BYTES = 8 * MOST_MAIL_BYTES;
const MOST_CONNECTIONS = 50;
const IDLE_MS = 60_000;
/** Of a whole connection, however busy it seems. */
const LONGEST_CONNECTION_MS = 300_000;
const MOST_UNKNOWN_RECIPIENTS = 10;
export const GREETING = 'Redress takes bounces of its own letters alone';

interface Reply {
  readonly code: number;
  readonly words: string;
}

const REPLIES: Readonly<Record<'busy' | 'stopping' | 'not_ours' | 'too_large', Reply>> = {
  busy: { code: 451, words: 'Not stored. Try again later' },
  stopping: { code: 421, words: 'Stopping. Try again later' },
  not_ours: { code: 550, words: 'No letter of ours left from this address' },
  too_large: { code: 552, words: `Larger than ${MOST_MAIL_BYTES} bytes` },
};
const REFUSALS: Readonly<Partial<Record<Stored, Reply>>> = {
  no_such_delivery: { code: 550, words: 'This letter is not known here' },
  too_many: { code: 554, words: 'Too many mails about one letter' },
};

/** Listens for bounces on a port of its own. */
export interface BounceListener {
  readonly port: number;
  /** Takes no more; what is being taken ends, or is broken off after a while: then nothing was said to be stored. */
  stop(withinMs: number): Promise<void>;
}

interface Guest {
  unknownRecipients: number;
  readonly deadline: NodeJS.Timeout;
}

/**
 * Opens the listener. It takes mail only for signed return addresses, passes nothing on, and says 250 after the commit.
 * @throws what the system says when the port cannot be listened on (EADDRINUSE, EACCES …).
 */
export async function openBounceListener(taking: Taking, bounces: BounceConfig): Promise<BounceListener> {
  const guests = new Map<string, Guest>();
  const receiving = new Set<string>();
  let stopping = false;
  const server = new SMTPServer({
    ...serverOptions(taking),
    onConnect(session, done) {
      const deadline = setTimeout(() => hangUp(server, session), LONGEST_CONNECTION_MS).unref();
      guests.set(session.id, { unknownRecipients: 0, deadline });
      done(stopping ? refusal(REPLIES.stopping) : null);
    },
    onClose(session) {
      clearTimeout(guests.get(session.id)?.deadline);
      guests.delete(session.id);
      receiving.delete(session.id);
    },
    onMailFrom(_address, _session, done) {
      done(stopping ? refusal(REPLIES.stopping) : null);
    },
    onRcptTo({ address }, session, done) {
      if (readReturnAddress(taking.context, address) !== undefined) return done();
      taking.context.metrics.inboundMails.inc({ kind: 'not_ours' });
      done(refusal(REPLIES.not_ours));
      const guest = guests.get(session.id);
      if (guest !== undefined && ++guest.unknownRecipients >= MOST_UNKNOWN_RECIPIENTS)
        hangUp(server, session);
    },
    onData(stream, session, done) {
      receiving.add(session.id);
      const end = (error?: Error): void => {
        receiving.delete(session.id);
        done(error ?? null, 'Stored');
        if (stopping) hangUp(server, session);
      };
      receive(taking, { stream, session, hangUp: () => hangUp(server, session) }).then(
        end,
        (error: unknown) => {
          if (!stream.errored)
            taking.context.log.warn({ err: error }, 'a mail that came back could not be stored');
          end(refusal(REPLIES.busy));
        },
      );
    },
  });
  server.on('error', (error) => taking.context.log.debug({ err: error }, 'a connection for bounces broke'));
  const listening = server.listen(bounces.port, bounces.host);
  await once(listening, 'listening');
  return {
    port: portOf(listening),
    async stop(withinMs) {
      stopping = true;
      server.options.closeTimeout = withinMs;
      for (const connection of server.connections) {
        if (!receiving.has(connection.session.id))
          connection.send(REPLIES.stopping.code, REPLIES.stopping.words);
      }
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function serverOptions({ context }: Taking) {
  const { bounceTls } = context.secrets;
  return {
    name: context.config.mail.domain,
    banner: GREETING,
    authOptional: true,
    disabledCommands: ['AUTH', ...(bounceTls === undefined ? ['STARTTLS'] : [])],
    ...bounceTls,
    logger: false,
    disableReverseLookup: true,
    size: MOST_MAIL_BYTES,
    maxClients: MOST_CONNECTIONS,
    maxRecipients: 1,
    socketTimeout: IDLE_MS,
  };
}

interface Receiving {
  readonly stream: SMTPServerDataStream;
  readonly session: SMTPServerSession;
  readonly hangUp: () => void;
}

/** Takes one mail; answers why it is refused, or nothing when it is durable. */
async function receive(taking: Taking, { stream, session, hangUp }: Receiving): Promise<Error | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (stream.byteLength > HANG_UP_BYTES) hangUp();
    if (stream.sizeExceeded) chunks.length = 0;
    else if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  }
  if (stream.sizeExceeded) {
    taking.context.metrics.inboundMails.inc({ kind: 'too_large' });
    return refusal(REPLIES.too_large);
  }
  const name = readReturnAddress(taking.context, session.envelope.rcptTo[0]?.address ?? '');
  if (name === undefined) return refusal(REPLIES.not_ours);
  const refused = REFUSALS[await takeMail(taking, name, Buffer.concat(chunks))];
  return refused && refusal(refused);
}

function refusal({ code, words }: Reply): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

function hangUp(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.session.id === id) connection.close();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address !== null && typeof address === 'object') return address.port;
  throw new AppError('internal', { detail: 'the listener for bounces has no port' });
}
