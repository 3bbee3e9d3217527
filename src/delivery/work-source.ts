import type { Context } from '../context.js';
import type { ChannelPause } from './channel-pause.js';
import type { Outcome } from './channels/outcome.js';
import type { SmtpMailer } from './channels/smtp-mailer.js';
import type { Job } from './job-runner.js';
import { type LeasedLetter, type LostLetter, leaseLetters, takeOverLostLetters } from './lease-letters.js';
import { type LeasedMail, type LostMail, leaseMails, takeOverLostMails } from './lease-mails.js';
import { sendLetter } from './send-letter.js';
import { type RenderMail, sendMail } from './send-mail.js';
import { openLetterSettler, settlementOf } from './settle-letters.js';
import { type MailOutcome, mailSettlementOf, openMailSettler } from './settle-mails.js';
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

/** Where a worker's jobs come from, and where their outcomes go. */
export interface WorkSource {
  /** Leases what is due: at most so many letters and half as many mails, the mails first. */
  lease(most: number): Promise<Leased>;
  /** Puts back what lost workers held. */
  takeOver(most: number): Promise<void>;
}

/** Opens the source of one worker: letters through the mail server, mails through it or to the outbox. */
export function openWorkSource(context: Context, options: SourceOptions): WorkSource {
  const { db, clock, config, log, metrics } = context;
  const { workerId, mailer, pause, renderMail, stopping } = options;
  const letters = openLetterSettler(db, workerId);
  const mails = openMailSettler(db, workerId);

  const note = <Kind extends MailOutcome>(what: 'letter' | 'mail', outcome: Kind): Kind => {
    metrics.deliveries.inc({ what, outcome: 'reason' in outcome ? outcome.reason : outcome.kind });
    if (isChannelFault(outcome)) pause.fail();
    else if (isServersAnswer(outcome)) pause.succeed();
    return outcome;
  };
  const storeLetter = (letter: LostLetter, outcome: Outcome, leasedAtMs: number) => {
    const row = settlementOf(letter, outcome, clock.now());
    return storeOutcome({ settler: letters, row, leasedAtMs, log, stopping });
  };
  const storeMail = (mail: LostMail, outcome: MailOutcome, leasedAtMs: number) => {
    const row = mailSettlementOf(mail, outcome, clock.now());
    return storeOutcome({ settler: mails, row, leasedAtMs, log, stopping });
  };
  const letterJob = (letter: LeasedLetter, leasedAtMs: number): Job => ({
    leasedAtMs,
    attempt: async () => {
      const outcome = note('letter', await sendLetter(context, letter, mailer));
      return () => storeLetter(letter, outcome, leasedAtMs);
    },
    release: () => storeLetter(letter, { kind: 'released' }, leasedAtMs),
  });
  const mailJob = (mail: LeasedMail, leasedAtMs: number): Job => ({
    leasedAtMs,
    attempt: async () => {
      const outcome = note('mail', await sendMail(context, mail, { mailer, renderMail }));
      return () => storeMail(mail, outcome, leasedAtMs);
    },
    release: () => storeMail(mail, { kind: 'released' }, leasedAtMs),
  });

  return {
    async lease(most) {
      const leasedAtMs = performance.now();
      const now = clock.now();
      const room = mailer === undefined ? most : pause.room(most);
      if (room === 0) return { jobs: [], more: false };
      const mostMails = Math.ceil(room / 2);
      const { mailsPerHour } = config;
      const mailDomain = config.mail.domain;
      const [dueMails, dueLetters] = await Promise.all([
        leaseMails(db, { workerId, now, most: mostMails, mailsPerHour }),
        mailer === undefined ? [] : leaseLetters(db, { workerId, now, most: room, mailDomain }),
      ]);
      return {
        jobs: [
          ...dueMails.map((mail) => mailJob(mail, leasedAtMs)),
          ...dueLetters.map((letter) => letterJob(letter, leasedAtMs)),
        ],
        more: dueMails.length === mostMails || dueLetters.length === room,
      };
    },
    async takeOver(most) {
      const leasedAtMs = performance.now();
      const leasing = { workerId, now: clock.now(), most };
      const lost: Outcome = { kind: 'retry', reason: 'lease_expired' };
      const lostLetters = await takeOverLostLetters(db, leasing);
      const lostMails = await takeOverLostMails(db, leasing);
      await Promise.all([
        ...lostLetters.map((letter) => storeLetter(letter, lost, leasedAtMs)),
        ...lostMails.map((mail) => storeMail(mail, lost, leasedAtMs)),
      ]);
    },
  };
}

function isServersAnswer(outcome: MailOutcome): boolean {
  if (outcome.kind === 'retry') return outcome.reason === 'temporary_refusal';
  return outcome.kind === 'accepted' || outcome.kind === 'refused';
}

function isChannelFault(outcome: MailOutcome): boolean {
  if (outcome.kind === 'paused') return outcome.reason === 'channel_paused';
  return outcome.kind === 'retry' && outcome.channelDown === true;
}
