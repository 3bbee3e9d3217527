import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { type BounceListener, openBounceListener } from './bounce-listener.js';
import { checkMaildir, type MaildirReader, readMaildir } from './maildir.js';
import { openInboundStore } from './store-inbound.js';
import type { Taking } from './take-mail.js';

const LISTEN_AGAIN_MS = 5000;
const DRAIN_MS = 8000;

/** Takes what comes back, as configured: from a port, from a folder, or not at all. */
export interface Intake {
  /** Of the listener; `undefined` where there is none, or where the port is another process's still. */
  port(): number | undefined;
  /** Takes no more, ends what it began (at most 8 s). */
  stop(): Promise<void>;
}

/**
 * Starts the intake of this process. Where the port is in use, most likely by another worker, it tries again.
 * @throws AppError `invalid_configuration` when the port may not be listened on, or the folder is no Maildir.
 */
export async function startIntake(context: Context): Promise<Intake> {
  const { maildir, port } = context.config.bounces;
  const taking: Taking = { context, store: openInboundStore(context.db) };
  if (maildir !== undefined) await checkMaildir(maildir);
  const listening = port === undefined ? undefined : await ListeningPort.open(taking);
  const reader: MaildirReader | undefined = maildir === undefined ? undefined : readMaildir(taking, maildir);
  return {
    port: () => listening?.port,
    async stop() {
      await Promise.all([listening?.stop(), reader?.stop()]);
      await taking.store.drain();
    },
  };
}

/** The listener, or the wait for its port. */
class ListeningPort {
  readonly #taking: Taking;
  #listener: BounceListener | undefined;
  #again: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #stopped = false;

  private constructor(taking: Taking) {
    this.#taking = taking;
  }

  static async open(taking: Taking): Promise<ListeningPort> {
    const port = new ListeningPort(taking);
    await port.#open();
    return port;
  }

  get port(): number | undefined {
    return this.#listener?.port;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#again);
    await this.#opening?.catch(() => undefined);
    await this.#listener?.stop(DRAIN_MS);
  }

  async #open(): Promise<void> {
    const { bounces } = this.#taking.context.config;
    try {
      this.#listener = await openBounceListener(this.#taking, bounces);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EADDRINUSE') {
        throw new AppError('invalid_configuration', {
          detail: `Bounces cannot be listened for on ${bounces.host}, port ${bounces.port} (${String(code)}). Ports below 1024 are the system's: use another in REDRESS_BOUNCE_PORT, and let your mail server hand bounces on to it (docs/inbound-mail.md).`,
          cause: error,
        });
      }
      this.#taking.context.log.warn(
        { port: bounces.port },
        'the port for bounces is in use, by another worker or another program; it is tried again',
      );
      this.#again = setTimeout(() => this.#tryAgain(), LISTEN_AGAIN_MS).unref();
    }
  }

  #tryAgain(): void {
    if (this.#stopped) return;
    this.#opening = this.#open().catch((error: unknown) => {
      this.#taking.context.log.error({ err: error }, 'bounces cannot be listened for');
    });
  }
}
