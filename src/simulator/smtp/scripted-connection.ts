import type { Socket } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { MailBehaviour } from '../script/behaviours.js';
import { dripWrites } from './drip.js';

/** A step at which the library asks nobody; for the others it has hooks. */
export type CommandStep = 'ehlo' | 'starttls' | 'data';

export interface Opened {
  readonly socket: Socket;
  readonly options: SMTPConnectionOptions | null | undefined;
  readonly decide: (step: CommandStep, connection: SMTPConnection) => MailBehaviour | undefined;
}

/** The two ways in which a conversation goes on. */
export interface Turn {
  readonly serve: () => void;
  readonly refuse: (code: number, words: string) => void;
}

const GREYLISTED = 451;
const READY_FOR_TLS = 220;
const SCRIPTED = 'scripted answer';

/**
 * One conversation whose answers a script decides. smtp-server finds the handler of a command by its name, so that
 * EHLO, STARTTLS and DATA, for which it has no hook, are overridden here.
 */
export class ScriptedConnection extends SMTPConnection {
  /** The TLS socket, once there is one. */
  wire: Socket;
  readonly #decide: Opened['decide'];

  constructor(server: SMTPServer, { socket, options, decide }: Opened) {
    super(server, socket, options);
    this.wire = socket;
    this.#decide = decide;
  }

  override handler_EHLO(command: Buffer, next: () => void): void {
    this.#ask('ehlo', next, () => super.handler_EHLO(command, next));
  }

  override handler_HELO(command: Buffer, next: () => void): void {
    this.#ask('ehlo', next, () => super.handler_HELO(command, next));
  }

  override handler_STARTTLS(command: Buffer, next: () => void): void {
    this.#ask('starttls', next, () => super.handler_STARTTLS(command, next));
  }

  override handler_DATA(command: Buffer, next: () => void): void {
    // Without a recipient the command is out of place, and no office has a say.
    if (this.session.envelope.rcptTo.length === 0) super.handler_DATA(command, next);
    else this.#ask('data', next, () => super.handler_DATA(command, next));
  }

  /** Does what the script says; without a behaviour it serves. */
  perform(behaviour: MailBehaviour | undefined, { serve, refuse }: Turn): void {
    switch (behaviour?.do) {
      case 'answer':
        refuse(behaviour.code, behaviour.words ?? SCRIPTED);
        break;
      case 'greylist':
        refuse(GREYLISTED, 'greylisted, try again later');
        break;
      case 'stall':
        break;
      case 'drop':
        this.wire.destroy();
        break;
      case 'broken_tls':
        this.#breakTls();
        break;
      case 'drip':
        dripWrites(this.wire, behaviour.bytesPerSecond);
        serve();
        break;
      default:
        serve();
    }
  }

  #ask(step: CommandStep, next: () => void, serve: () => void): void {
    const refuse = (code: number, words: string): void => {
      this.send(code, words);
      next();
    };
    this.perform(this.#decide(step, this), { serve, refuse });
  }

  /** Says yes to STARTTLS, and answers the handshake with what is none. */
  #breakTls(): void {
    this.send(READY_FOR_TLS, 'Ready to start TLS');
    this.wire.unpipe();
    this.wire.once('data', () => this.wire.end('454 this is no handshake\r\n'));
    this.wire.resume();
  }
}
