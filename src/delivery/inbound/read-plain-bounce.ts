import type { ReadMail } from './read-mail.js';

/** A mail system's own words instead of a report: whether it still tries, and what it was told. */
export interface PlainBounce {
  readonly action: 'failed' | 'delayed';
  /** The other server's words, where they stand apart from the rest; else empty. */
  readonly words: string;
  readonly addresses: readonly string[];
}

const LONGEST_OPENING = 1500;
const LONGEST_TEXT = 6000;
const MOST_ADDRESSES = 20;

const MAIL_SYSTEM =
  /^(?:mailer-daemon|mail-daemon|maildaemon|postmaster|mdaemon|microsoftexchange[0-9a-f]*|mailer|mail-system)(?:[+-][^@]*)?@/;
const MAIL_SYSTEM_NAME =
  /\b(?:mail(?:er)?[ -]?(?:delivery|daemon)|delivery (?:sub)?system|system administrator|postmaster|undeliver)/;

/** How the common mail systems begin, where they send no report. */
const OPENINGS = [
  // qmail
  /^Hi\. This is the (?:qmail-send|deliver) program/m,
  // Exim
  /This message was created automatically by mail delivery software/,
  // Postfix
  /This is the (?:mail system|Postfix program|mail delivery system) at host/,
  // sendmail
  /-{3,} ?(?:The following addresses had (?:permanent|transient)|Transcript of session follows)/,
  // Exchange, old and new
  /Your message did not reach some or all of the intended recipients/,
  /Delivery (?:has failed|is delayed) to (?:these|the following) recipients/,
  // Gmail
  /Delivery to the following recipients? (?:failed permanently|has been delayed)/,
  /Your message wasn['’]t delivered to|There was a temporary problem delivering your message/,
  // Yahoo, SES, Courier, Domino, GroupWise
  /(?:unable|was not able) to deliver your message to the following/,
  /error occurred while trying to deliver the mail to the following recipients/,
  /^\s*UNDELIVERABLE MAIL/m,
  /^\s*DELIVERY FAILURE REPORT/im,
  /had the following undeliverable recipient/,
] as const;

const FAILED_SUBJECT =
  /\b(?:undeliver(?:ed|able)|returned (?:mail|to sender)|failure notice|delivery (?:status notification \(failure\)|failure|failed|has failed|unsuccessful)|mail delivery failed|mail system error|non[- ]?deliver(?:y|able)|unzustellbar|could not be delivered|message you sent .{0,40} failed)\b/i;
const DELAYED =
  /\b(?:has not (?:yet )?been delivered|not yet been delivered|delivery (?:status notification \(delay\)|is delayed|delayed|has been delayed|temporarily)|has been delayed|delayed \d+ hours?|warning: (?:message|could not)|will (?:be retried|retry|continue to try|keep trying|try again)|still (?:trying|being retried)|temporary problem delivering|do not need to (?:resend|do anything)|no action is required on your part)\b/i;
const FOR_GOOD =
  /\b(?:failed permanently|permanent(?:ly)? (?:error|failed|fatal)|giving up|given up|not going to try again)\b/i;

// From here on the returned letter is quoted.
const QUOTED =
  /^(?:-{2,} ?(?:Below this line is a copy|This is a copy|Original message|Forwarded message|The (?:body|header) of|Undelivered message|Unsent message)|-{2,} *Message (?:header|text|body)|Original message headers:|Return-path:|Received: (?:from|by) |Message-ID: <|Reporting-MTA:)/im;
const REPLY = /(?<![\d.#])[245]\d\d[ :-](?:#?[245]\.\d{1,3}\.\d{1,3}\b)?.{3,300}/;
const STATUS_LINE = /^.{0,80}#?(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]).{0,300}$/m;
// Only lines that a mail system writes: a sentence of the letter must never be taken for its words.
const REASON_LINE =
  /^(?!.{0,20}subject).{0,120}(?:user unknown|unknown (?:user|recipient|address)|no mailbox here|mailbox (?:is )?full|over quota|quota exceeded|unrouteable address|retry time|(?:couldn|wasn)['’]t (?:be found|find)|address not found|does(?:n['’]t| not) exist|not listed in|timed out|in the queue too long|message (?:too large|blocked)).{0,300}$/im;

/** Whether a machine that moves mail wrote this, and no person or vacation program. */
function isFromMailSystem({ from, headers }: ReadMail): boolean {
  const returnPath = headers.get('return-path')?.[0]?.trim();
  return (
    MAIL_SYSTEM.test(from.address) ||
    MAIL_SYSTEM_NAME.test(from.name) ||
    headers.has('x-failed-recipients') ||
    returnPath === '<>'
  );
}

/** Reads a bounce that is no report; `undefined` when it is none. Nothing of the returned letter is kept. */
export function readPlainBounce(mail: ReadMail): PlainBounce | undefined {
  if (!isFromMailSystem(mail)) return undefined;
  const opening = mail.text.slice(0, LONGEST_OPENING);
  const failed = mail.headers.has('x-failed-recipients') || FAILED_SUBJECT.test(mail.subject);
  const late = DELAYED.test(mail.subject);
  if (!failed && !late && !OPENINGS.some((form) => form.test(opening))) return undefined;
  const text = withoutQuotation(mail.text.slice(0, LONGEST_TEXT));
  const delayed = late || (DELAYED.test(text) && !FAILED_SUBJECT.test(mail.subject));
  return {
    action: delayed && !FOR_GOOD.test(text) ? 'delayed' : 'failed',
    words: wordsOfServer(text),
    addresses: addressesIn(mail, text),
  };
}

function withoutQuotation(text: string): string {
  const quoted = QUOTED.exec(text);
  return quoted === null ? text : text.slice(0, quoted.index);
}

function wordsOfServer(text: string): string {
  const unfolded = text.replace(/\n[ \t]+/g, ' ');
  const found = REPLY.exec(unfolded) ?? STATUS_LINE.exec(unfolded) ?? REASON_LINE.exec(unfolded);
  return found?.[0].trim() ?? '';
}

function addressesIn({ headers }: ReadMail, text: string): readonly string[] {
  const named = headers.get('x-failed-recipients')?.join(' ') ?? '';
  const found = `${named} ${text}`.matchAll(/[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,255}/gi);
  return [...found.take(MOST_ADDRESSES)].map(([address]) => address.toLowerCase().replace(/\.$/, ''));
}
