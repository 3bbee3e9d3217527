import { randomBytes } from 'node:crypto';
import type { Context } from '../context.js';
import { advanceLetters } from './advance-letters.js';
import { ChannelPause } from './channel-pause.js';
import { type CwcDirectory, openCwcChannels } from './channels/cwc/index.js';
import { openSmtpChannel } from './channels/smtp-channel.js';
import { openSmtpMailer, SMTP_TIMEOUTS, type SmtpMailer, type SmtpTimeouts } from './channels/smtp-mailer.js';
import { JobRunner } from './job-runner.js';
import { leaveDeadAddresses } from './lanes/give-up.js';
import { PARALLEL_PER_LANE } from './lanes/pace.js';
import { LEASE_SECONDS } from './lease-letters.js';
import { keepsMail } from './may-leave.js';
import { rehearseLetters } from './rehearse-letters.js';
import type { RenderMail } from './send-mail.js';
import { DELIVERY_CHANNEL } from './wake-workers.js';
import { type PausingChannel, WorkSource } from './work-source.js';

const CONNECTIONS = 5;
const POLL_MS = 1000;
const TAKE_OVER_EVERY_MS = 5000;
const DRAIN_MS = 8000;
const LEASE_MARGIN_MS = 5000;
const MOST_HELD = 500;
const WORKER_ID_BYTES = 6;

export interface WorkerOptions {
  readonly renderMail: RenderMail;
  /** Who takes letters by CWC; without it none go that way. The caller's, who closes it. */
  readonly cwc?: CwcDirectory;
  /** How many connections to the mail server; each sends one message at a time. */
  readonly concurrency?: number;
  /** Only tests give these two. */
  readonly timeouts?: SmtpTimeouts;
  readonly drainMs?: number;
}

/** Sends what is due. Any number of workers, in any number of processes, may work on one database. */
export interface Worker {
  readonly id: string;
  /** Leases no more, ends what is under way (at most 10 s), gives back the rest. */
  stop(): Promise<void>;
}

/**
 * Starts a worker in this process.
 * @throws AppError `invalid_configuration` when the mailer cannot be set up as configured.
 */
export function startWorker(context: Context, options: WorkerOptions): Worker {
  return new DeliveryWorker(context, options);
}

class DeliveryWorker implements Worker {
  readonly id = randomBytes(WORKER_ID_BYTES).toString('hex');
  readonly #context: Context;
  readonly #mailer: SmtpMailer | undefined;
  readonly #channels: readonly PausingChannel[];
  readonly #runner: JobRunner;
  readonly #source: WorkSource;
  readonly #loop: Promise<void>;
  readonly #fewest: number;
  readonly #drainMs: number;
  #mostHeld: number;
  #stopping = false;
  #woken = false;
  /** Whether more is due than is held. */
  #more = false;
  #wake: (() => void) | undefined;
  #tookOverAtMs = Number.NEGATIVE_INFINITY;

  constructor(context: Context, options: WorkerOptions) {
    const { renderMail, concurrency = CONNECTIONS, timeouts = SMTP_TIMEOUTS, drainMs = DRAIN_MS } = options;
    this.#context = context;
    this.#drainMs = drainMs;
    const { config, secrets, clock } = context;
    this.#mailer = openSmtpMailer({ config, secrets, connections: concurrency, timeouts });
    const mailPause = new ChannelPause(clock);
    this.#channels = this.#openChannels(mailPause, options.cwc);
    this.#fewest = 2 * concurrency;
    this.#mostHeld = this.#fewest;
    this.#runner = new JobRunner({
      concurrency,
      parallelPerLane: PARALLEL_PER_LANE,
      startWithinMs: LEASE_SECONDS * 1000 - timeouts.connectMs - timeouts.totalMs - LEASE_MARGIN_MS,
      breakOff: () => {
        this.#mailer?.breakOff();
        for (const { channel } of this.#channels) channel.breakOff();
      },
      ended: (held) => {
        if (this.#more && held <= this.#mostHeld / 2) this.wake();
      },
    });
    this.#source = new WorkSource(context, {
      workerId: this.id,
      mailer: this.#mailer,
      mailPause,
      channels: this.#channels,
      runner: this.#runner,
      renderMail,
      stopping: () => this.#stopping,
    });
    this.#listen();
    this.#loop = this.#work();
  }

  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#loop;
    await this.#runner.stop(this.#drainMs);
    this.#mailer?.close();
    for (const { channel } of this.#channels) channel.close();
  }

  #openChannels(mailPause: ChannelPause, directory: CwcDirectory | undefined): readonly PausingChannel[] {
    const mail = this.#mailer && openSmtpChannel(this.#context, this.#mailer);
    const congress = directory === undefined ? [] : openCwcChannels(this.#context, { directory });
    return [
      ...(mail === undefined ? [] : [{ channel: mail, pause: mailPause }]),
      ...congress.map((channel) => ({ channel, pause: new ChannelPause(this.#context.clock) })),
    ];
  }

  #listen(): void {
    const { listener, log } = this.#context;
    // Without it the poll of each second still finds what is due.
    listener
      .listen(DELIVERY_CHANNEL, () => this.wake())
      .catch((error: unknown) => log.warn({ err: error }, 'the worker cannot listen; it looks each second'));
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      try {
        await this.#takeOver();
        await this.#lease();
        if (keepsMail(this.#context.config) && (await rehearseLetters(this.#context, this.#fewest)) > 0)
          continue;
      } catch (error) {
        this.#context.log.error({ err: error }, 'the worker could not lease; it tries again');
        this.#woken = false;
      }
      if (!this.#woken) await this.#rest();
    }
  }

  async #takeOver(): Promise<void> {
    if (performance.now() - this.#tookOverAtMs < TAKE_OVER_EVERY_MS) return;
    this.#tookOverAtMs = performance.now();
    await this.#source.takeOver(MOST_HELD);
    await leaveDeadAddresses(this.#context.db, this.#context.clock.now());
    await advanceLetters(this.#context);
  }

  async #lease(): Promise<void> {
    if (this.#runner.takeGivenBack() > 0) this.#mostHeld = this.#fewest;
    const wanted = this.#mostHeld - this.#runner.held;
    if (wanted < this.#mostHeld / 2) {
      this.#more = true;
      return;
    }
    const { jobs, more } = await this.#source.lease(wanted);
    this.#runner.add(jobs);
    this.#more = more;
    // The faster it goes, the more is leased at a time.
    if (jobs.length >= wanted / 2) this.#mostHeld = Math.min(MOST_HELD, 2 * this.#mostHeld);
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), POLL_MS);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
