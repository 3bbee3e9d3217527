import type { Context } from '../context.js';
import type { ChannelPause } from './channel-pause.js';
import type { Channel } from './channels/channel.js';
import type { Outcome } from './channels/outcome.js';
import type { SmtpMailer } from './channels/smtp-mailer.js';
import type { Job, JobRunner } from './job-runner.js';
import { noteOfficeAnswer, noteOfficeFailure } from './lanes/breaker.js';
import { lettersPerHour } from './lanes/pace.js';
import { type LeasedLetter, leaseLetters, takeOverLostLetters } from './lease-letters.js';
import { type LeasedMail, type LostMail, leaseMails, takeOverLostMails } from './lease-mails.js';
import { sendLetter } from './send-letter.js';
import { type RenderMail, sendMail } from './send-mail.js';
import { type LetterSettler, openLetterSettler, type SettledLetter, settlementOf } from './settle-letters.js';
import { type MailOutcome, type MailSettler, mailSettlementOf, openMailSettler } from './settle-mails.js';
import { storeOutcome } from './store-outcome.js';

interface SourceOptions {
  readonly workerId: string;
  /** Sends our own mails. */
  readonly mailer: SmtpMailer | undefined;
  readonly mailPause: ChannelPause;
  /** By what letters are sent. */
  readonly channels: readonly PausingChannel[];
  /** Holds what is leased. */
  readonly runner: JobRunner;
  readonly renderMail: RenderMail;
  readonly stopping: () => boolean;
}

/** A channel, and what keeps it from burning tries while it is down. */
export interface PausingChannel {
  readonly channel: Channel;
  readonly pause: ChannelPause;
}

interface Leased {
  readonly jobs: readonly Job[];
  /** Whether more may be due. */
  readonly more: boolean;
}

/** Where a worker's jobs come from, and where their outcomes go: letters and mails to supporters. */
export class WorkSource {
  readonly #context: Context;
  readonly #options: SourceOptions;
  readonly #letters: LetterSettler;
  readonly #mails: MailSettler;
  /** The lanes whose last outcome here was a failure. */
  readonly #failing = new Set<string>();

  constructor(context: Context, options: SourceOptions) {
    this.#context = context;
    this.#options = options;
    this.#letters = openLetterSettler(context.db, options.workerId);
    this.#mails = openMailSettler(context.db, options.workerId);
  }

  /** Leases what is due: at most so many letters and half as many mails, the mails first. */
  async lease(most: number): Promise<Leased> {
    const leasedAtMs = performance.now();
    const [mails, letters] = await Promise.all([this.#leaseMails(most), this.#leaseLetters(most)]);
    return {
      jobs: [
        ...mails.map((mail) => this.#mailJob(mail, leasedAtMs)),
        ...letters.map((letter) => this.#letterJob(letter, leasedAtMs)),
      ],
      more: mails.length > 0 || letters.length > 0,
    };
  }

  async #leaseMails(most: number): Promise<readonly LeasedMail[]> {
    const { db, clock, config } = this.#context;
    const { workerId, mailer, mailPause } = this.#options;
    const room = Math.ceil((mailer === undefined ? most : mailPause.room(most)) / 2);
    if (room === 0) return [];
    return leaseMails(db, { workerId, now: clock.now(), most: room, mailsPerHour: config.mailsPerHour });
  }

  async #leaseLetters(most: number): Promise<readonly LeasedLetter[]> {
    const { db, clock, config } = this.#context;
    const { workerId, channels } = this.#options;
    const now = clock.now();
    const leased: LeasedLetter[] = [];
    for (const { channel, pause } of channels) {
      const room = channel.closedUntil(now) === undefined ? pause.room(most - leased.length) : 0;
      if (room === 0) continue;
      const { name } = channel;
      const pace = { channel: name, lettersPerHour: lettersPerHour(config, name) };
      const leasing = { workerId, now, most: room, mailDomain: config.mail.domain, ...pace };
      leased.push(...(await leaseLetters(db, leasing)));
    }
    return leased;
  }

  /** Puts back what lost workers held. */
  async takeOver(most: number): Promise<void> {
    const { db, clock } = this.#context;
    const leasedAtMs = performance.now();
    const leasing = { workerId: this.#options.workerId, now: clock.now(), most };
    const lost: Outcome = { kind: 'retry', reason: 'lease_expired' };
    const letters = await takeOverLostLetters(db, leasing);
    const mails = await takeOverLostMails(db, leasing);
    await Promise.all([
      ...letters.map((letter) => this.#storeLetter(letter, lost, leasedAtMs)),
      ...mails.map((mail) => this.#storeMail(mail, lost, leasedAtMs)),
    ]);
  }

  #letterJob(letter: LeasedLetter, leasedAtMs: number): Job {
    const sender = this.#options.channels.find(({ channel }) => channel.name === letter.channel);
    return {
      leasedAtMs,
      lane: letter.lane,
      attempt: async () => {
        const outcome = await sendLetter(this.#context, letter, sender?.channel);
        this.#note('letter', outcome, sender?.pause);
        if (isOfficeFault(outcome)) this.#options.runner.holdLane(letter.lane);
        return async () => {
          await this.#storeLetter(letter, outcome, leasedAtMs);
          await this.#noteOffice(letter, outcome);
        };
      },
      release: () => this.#storeLetter(letter, { kind: 'released' }, leasedAtMs),
    };
  }

  #mailJob(mail: LeasedMail, leasedAtMs: number): Job {
    return {
      leasedAtMs,
      attempt: async () => {
        const outcome = await sendMail(this.#context, mail, this.#options);
        this.#note('mail', outcome, this.#options.mailPause);
        return () => this.#storeMail(mail, outcome, leasedAtMs);
      },
      release: () => this.#storeMail(mail, { kind: 'released' }, leasedAtMs),
    };
  }

  #note(what: 'letter' | 'mail', outcome: MailOutcome, pause: ChannelPause | undefined): void {
    const label = 'reason' in outcome ? outcome.reason : outcome.kind;
    this.#context.metrics.deliveries.inc({ what, outcome: label });
    if (isChannelFault(outcome)) pause?.fail();
    else if (isServersAnswer(outcome)) pause?.succeed();
  }

  /** The breaker of the letter's office. Where it cannot be written, the next try will say it again. */
  async #noteOffice({ lane, officeFailing }: LeasedLetter, outcome: Outcome): Promise<void> {
    const { db, clock, log } = this.#context;
    const { runner, workerId } = this.#options;
    const note = { lane, at: clock.now(), by: `worker:${workerId}` };
    try {
      if (isOfficeFault(outcome)) {
        this.#failing.add(lane);
        const words = outcome.answer ?? outcome.reason;
        if (await noteOfficeFailure(db, { ...note, words })) runner.giveBackLane(lane);
      } else if (isServersAnswer(outcome) && (this.#failing.delete(lane) || officeFailing)) {
        await noteOfficeAnswer(db, note);
      }
    } catch (error) {
      log.warn({ err: error }, 'the state of an office could not be stored');
    } finally {
      if (isOfficeFault(outcome)) runner.letLaneGoOn(lane);
    }
  }

  #storeLetter(letter: SettledLetter, outcome: Outcome, leasedAtMs: number): Promise<void> {
    const { clock, log } = this.#context;
    const row = settlementOf(letter, outcome, clock.now());
    return storeOutcome({ settler: this.#letters, row, leasedAtMs, log, stopping: this.#options.stopping });
  }

  #storeMail(mail: LostMail, outcome: MailOutcome, leasedAtMs: number): Promise<void> {
    const { clock, log } = this.#context;
    const row = mailSettlementOf(mail, outcome, clock.now());
    return storeOutcome({ settler: this.#mails, row, leasedAtMs, log, stopping: this.#options.stopping });
  }
}

type OfficeFault = Extract<Outcome, { kind: 'retry' | 'unclear' }>;

/** An office whose answers nobody can read is not sent letter after letter either: each would need a person. */
function isOfficeFault(outcome: Outcome): outcome is OfficeFault {
  return outcome.kind === 'unclear' || (outcome.kind === 'retry' && outcome.officeDown === true);
}

const DECIDED_HERE: ReadonlySet<string> = new Set([
  'text_gone',
  'bad_address',
  'not_valid',
  'office_inactive',
]);

function isServersAnswer(outcome: MailOutcome): boolean {
  if (outcome.kind === 'retry') return outcome.reason === 'temporary_refusal';
  if (outcome.kind === 'refused') return !DECIDED_HERE.has(outcome.reason);
  // A mail that is only kept in the outbox has no answer.
  return outcome.kind === 'accepted' || (outcome.kind === 'rehearsed' && 'answer' in outcome);
}

function isChannelFault(outcome: MailOutcome): boolean {
  if (outcome.kind === 'paused') return outcome.reason === 'channel_paused' && outcome.senderOnly !== true;
  return outcome.kind === 'retry' && outcome.channelDown === true;
}
