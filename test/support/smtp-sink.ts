import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** Where a conversation stands when the sink answers. `data` comes after the final dot. */
export type SmtpStep = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data';

/** What the sink does at a step: a reply code, or nothing for ever, or it hangs up. */
export type SmtpAnswer = number | 'stall' | 'hang_up' | undefined;

/** One message that the sink read to its final dot, whatever it answered then. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** What was answered to the final dot; `pending` while nothing is. */
  answer: 'yes' | 'pending' | Exclude<SmtpAnswer, undefined>;
}

/** A real SMTP server on 127.0.0.1 that keeps what it gets and does what the test says. */
export interface SmtpSink extends AsyncDisposable {
  /** For SMTP_URL. */
  readonly url: string;
  /** Every message, also those that were refused after the final dot. */
  readonly received: ReceivedMail[];
  /** Decides each answer; `address` is the sender's or the recipient's. Change it at any time. */
  answer: (step: SmtpStep, address: string) => SmtpAnswer | Promise<SmtpAnswer>;
  /** What it says with a refusal about an address. */
  words: (address: string) => string;
  /** Waits until so many messages were accepted. */
  accepted(count: number, withinMs?: number): Promise<readonly ReceivedMail[]>;
}

interface Asked {
  readonly address?: string;
  readonly session: SMTPServerSession;
  readonly done: (error?: Error | null) => void;
  readonly mail?: ReceivedMail;
}

const POLL_MS = 10;
const WAIT_MS = 15_000;

export async function openSmtpSink(port = 0): Promise<SmtpSink> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    allowInsecureAuth: true,
    closeTimeout: 100,
    disableReverseLookup: true,
    onConnect: (session, done) => act('connect', { session, done }),
    onAuth: ({ username }, session, done) =>
      act('auth', { session, done: (error) => done(error, { user: username }) }),
    onMailFrom: ({ address }, session, done) => act('mail', { address, session, done }),
    onRcptTo: ({ address }, session, done) => act('rcpt', { address, session, done }),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        const mail: ReceivedMail = { from, to, raw: Buffer.concat(chunks), answer: 'pending' };
        received.push(mail);
        act('data', { address: to[0] ?? '', session, done, mail });
      });
    },
  });
  server.on('error', () => undefined);
  const act = (step: SmtpStep, { address = '', session, done, mail }: Asked): void => {
    void Promise.resolve(sink.answer(step, address)).then((answer) => {
      if (mail !== undefined) mail.answer = answer ?? 'yes';
      if (answer === undefined) done();
      else if (answer === 'hang_up') hangUp(server, session);
      else if (answer !== 'stall')
        done(Object.assign(new Error(sink.words(address)), { responseCode: answer }));
    });
  };
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const sink: SmtpSink = {
    url: `smtp://127.0.0.1:${portOf(listening)}`,
    received,
    answer: () => undefined,
    words: () => 'scripted answer',
    accepted: (count, withinMs) =>
      waitFor(() => {
        const mails = received.filter(({ answer }) => answer === 'yes');
        return mails.length >= count ? mails : undefined;
      }, withinMs),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}

/** A TCP server that says the given greeting, and then nothing more. */
export async function openMuteServer(greeting: string): Promise<AsyncDisposable & { readonly url: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== '') socket.write(greeting);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${portOf(server)}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Polls until `find` answers something. */
export async function waitFor<Found>(
  find: () => Found | undefined | Promise<Found | undefined>,
  withinMs = WAIT_MS,
): Promise<Found> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`not seen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The value of a header, unfolded; every one of its lines where it stands more than once. */
export function headersOf(raw: Buffer, name: string): readonly string[] {
  const [head = ''] = raw.toString('latin1').split('\r\n\r\n');
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) => line.slice(name.length + 1).trim());
}

/** The body of a message with one part, after transfer decoding (RFC 2045), CRLF turned into LF. */
export function decodedBody(raw: Buffer): Buffer {
  const text = raw.toString('latin1');
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  const [encoding = ''] = headersOf(raw, 'Content-Transfer-Encoding');
  const decoded = encoding === 'base64' ? Buffer.from(body, 'base64') : decodeQuotedPrintable(body);
  return Buffer.from(decoded.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function decodeQuotedPrintable(body: string): Buffer {
  const joined = body.replace(/[ \t]+(?=\r\n)/g, '').replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.session.id === session.id) connection.close();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
