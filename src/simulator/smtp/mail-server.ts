import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { MailStep } from '../script/behaviours.js';
import { envelopeOf, type MailDesk } from './mail-desk.js';
import { ScriptedConnection, type Turn } from './scripted-connection.js';

const MOST_MAIL_BYTES = 25 * 1024 * 1024;

type Done = (error?: Error | null) => void;

/** An SMTP server whose every answer the desk decides. It does not listen yet. */
export class ScriptedMailServer extends SMTPServer {
  readonly #desk: MailDesk;
  readonly #connections = new WeakMap<SMTPServerSession, ScriptedConnection>();
  readonly #sockets = new Set<Socket>();

  constructor(desk: MailDesk) {
    // smtp-server changes the object that it is given.
    super({ ...OPTIONS });
    this.#desk = desk;
    // A client that hangs up in the middle is what a test does.
    this.on('error', () => undefined);
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const connection = new ScriptedConnection(this, {
      socket,
      options,
      decide: (step, { session }) => this.#desk.decide(step, { session, to: envelopeOf(session).to }),
    });
    this.#connections.set(connection.session, connection);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    this.connections.add(connection);
    connection.on('error', () => undefined);
    connection.init();
  }

  override onConnect(session: SMTPServerSession, done: Done): void {
    session.disabledCommands = this.#desk.offersTls() ? [] : ['STARTTLS'];
    this.#turn('banner', { session, to: [], done });
  }

  override onSecure(socket: Socket, session: SMTPServerSession, done: Done): void {
    const connection = this.#connections.get(session);
    if (connection !== undefined) connection.wire = socket;
    done();
  }

  override onAuth: SMTPServer['onAuth'] = ({ username }, session, done) => {
    this.#turn('auth', { session, to: [], done: (error) => done(error, { user: username }) });
  };

  override onMailFrom: SMTPServer['onMailFrom'] = (_address, session, done) => {
    this.#turn('mail', { session, to: [], done });
  };

  override onRcptTo: SMTPServer['onRcptTo'] = ({ address }, session, done) => {
    this.#turn('rcpt', { session, to: [address.toLowerCase()], done });
  };

  override onData: SMTPServer['onData'] = (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      if (!stream.sizeExceeded) chunks.push(chunk);
    });
    // The other side hung up in the middle: nothing came in whole.
    stream.on('error', () => undefined);
    stream.on('end', () => {
      if (stream.sizeExceeded) return done();
      const behaviour = this.#desk.receive(session, Buffer.concat(chunks));
      this.#connections.get(session)?.perform(behaviour, turnOf(done));
    });
  };

  /** Ends every conversation, and stops to listen. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #turn(step: MailStep, { session, to, done }: Asked): void {
    const behaviour = this.#desk.decide(step, { session, to });
    this.#connections.get(session)?.perform(behaviour, turnOf(done));
  }
}

interface Asked {
  readonly session: SMTPServerSession;
  readonly to: readonly string[];
  readonly done: Done;
}

function turnOf(done: Done): Turn {
  return {
    serve: () => done(),
    refuse: (responseCode, words) => done(Object.assign(new Error(words), { responseCode })),
  };
}

const OPTIONS: SMTPServerOptions = {
  name: 'simulator.invalid',
  banner: 'Redress office simulator',
  authOptional: true,
  allowInsecureAuth: true,
  disableReverseLookup: true,
  size: MOST_MAIL_BYTES,
  rejectOversized: true,
  logger: false,
};
