import type { Context } from '../context.js';
import type { ChannelPause } from './channel-pause.js';
import type { Outcome } from './channels/outcome.js';
import type { SmtpMailer } from './channels/smtp-mailer.js';
import type { Job } from './job-runner.js';
import { type LeasedLetter, type LostLetter, leaseLetters, takeOverLostLetters } from './lease-letters.js';
import { type LeasedMail, type LostMail, leaseMails, takeOverLostMails } from './lease-mails.js';
import { sendLetter } from './send-letter.js';
import { type RenderMail, sendMail } from './send-mail.js';
import { type LetterSettler, openLetterSettler, settlementOf } from './settle-letters.js';
import { type MailOutcome, type MailSettler, mailSettlementOf, openMailSettler } from './settle-mails.js';
import { storeOutcome } from './store-outcome.js';

interface SourceOptions {
  readonly workerId: string;
  readonly mailer: SmtpMailer | undefined;
  readonly pause: ChannelPause;
  readonly renderMail: RenderMail;
  readonly stopping: () => boolean;
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

  constructor(context: Context, options: SourceOptions) {
    this.#context = context;
    this.#options = options;
    this.#letters = openLetterSettler(context.db, options.workerId);
    this.#mails = openMailSettler(context.db, options.workerId);
  }

  /** Leases what is due: at most so many letters and half as many mails, the mails first. */
  async lease(most: number): Promise<Leased> {
    const { db, clock, config } = this.#context;
    const { workerId, mailer, pause } = this.#options;
    const leasedAtMs = performance.now();
    const room = mailer === undefined ? most : pause.room(most);
    if (room === 0) return { jobs: [], more: false };
    const mostMails = Math.ceil(room / 2);
    const leasing = { workerId, now: clock.now() };
    const [mails, letters] = await Promise.all([
      leaseMails(db, { ...leasing, most: mostMails, mailsPerHour: config.mailsPerHour }),
      mailer === undefined
        ? []
        : leaseLetters(db, { ...leasing, most: room, mailDomain: config.mail.domain }),
    ]);
    return {
      jobs: [
        ...mails.map((mail) => this.#mailJob(mail, leasedAtMs)),
        ...letters.map((letter) => this.#letterJob(letter, leasedAtMs)),
      ],
      more: mails.length === mostMails || letters.length === room,
    };
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
    return {
      leasedAtMs,
      attempt: async () => {
        const outcome = await sendLetter(this.#context, letter, this.#options.mailer);
        this.#note('letter', outcome);
        return () => this.#storeLetter(letter, outcome, leasedAtMs);
      },
      release: () => this.#storeLetter(letter, { kind: 'released' }, leasedAtMs),
    };
  }

  #mailJob(mail: LeasedMail, leasedAtMs: number): Job {
    return {
      leasedAtMs,
      attempt: async () => {
        const outcome = await sendMail(this.#context, mail, this.#options);
        this.#note('mail', outcome);
        return () => this.#storeMail(mail, outcome, leasedAtMs);
      },
      release: () => this.#storeMail(mail, { kind: 'released' }, leasedAtMs),
    };
  }

  #note(what: 'letter' | 'mail', outcome: MailOutcome): void {
    const label = 'reason' in outcome ? outcome.reason : outcome.kind;
    this.#context.metrics.deliveries.inc({ what, outcome: label });
    if (isChannelFault(outcome)) this.#options.pause.fail();
    else if (isServersAnswer(outcome)) this.#options.pause.succeed();
  }

  #storeLetter(letter: LostLetter, outcome: Outcome, leasedAtMs: number): Promise<void> {
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

function isServersAnswer(outcome: MailOutcome): boolean {
  if (outcome.kind === 'retry') return outcome.reason === 'temporary_refusal';
  return outcome.kind === 'accepted' || outcome.kind === 'refused';
}

function isChannelFault(outcome: MailOutcome): boolean {
  if (outcome.kind === 'paused') return outcome.reason === 'channel_paused';
  return outcome.kind === 'retry' && outcome.channelDown === true;
}
