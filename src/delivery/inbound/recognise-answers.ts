import type { ReadMail } from './read-mail.js';

const AUTOMATIC_HEADERS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-vacation',
  'x-auto-reply',
] as const;
const AUTOMATIC_PRECEDENCE = /^auto[-_]?reply$/i;
const AUTOMATIC_SUBJECT =
  /^(?:(?:re|aw|sv|antw|tr): ?)*(?:\[?auto(?:matic|mated)?[ -]?(?:reply|response|answer|acknowledge?ment)|autoreply|autosvar|out of (?:the )?office|(?:i am|i'm) (?:away|out of)|vacation (?:notice|reply|response)|abwesenheits?|automatische? antw|r[ée]ponse automatique|absence d|respuesta autom[áa]tica|fuera de (?:la )?oficina|risposta automatica|resposta autom[áa]tica|automatiskt? svar|automatick[áa] odpov|odpowied[źz] automatyczna|автоответ|自動応答|自动回复|不在)/i;
/** Wants to be clicked, or the letter is kept back: no answer of an office, and nothing that a program may do. */
const CHALLENGE =
  /\b(?:challenge|confirm (?:your|that)|verif(?:y|ication)|whitelist|please (?:click|confirm)|sender approval|spamarrest|boxtrapper|tmda)\b/i;
const COMPLAINTS: ReadonlySet<string> = new Set([
  'abuse',
  'fraud',
  'virus',
  'other',
  'opt-out',
  'miscategorized',
]);
const REPORT_LINES = 40;

/** Whether a program answered in place of a person (RFC 3834), or said that somebody opened it (RFC 8098). */
export function isAutoReply(mail: ReadMail): boolean {
  const { headers, subject, parts } = mail;
  if (parts.some(({ type }) => type === 'message/disposition-notification')) return true;
  const automatic =
    isSubmittedByProgram(headers.get('auto-submitted')?.[0]) ||
    AUTOMATIC_HEADERS.some((name) => headers.has(name)) ||
    AUTOMATIC_PRECEDENCE.test(headers.get('precedence')?.[0]?.trim() ?? '') ||
    AUTOMATIC_SUBJECT.test(subject.trim());
  return automatic && !CHALLENGE.test(subject) && !headers.has('x-boxtrapper-queue');
}

function isSubmittedByProgram(value: string | undefined): boolean {
  const [word = ''] =
    value
      ?.trim()
      .toLowerCase()
      .split(/[\s;(]/) ?? [];
  return word !== '' && word !== 'no';
}

/** Whether a receiver marked our mail as unwanted (ARF, RFC 5965); reports of other kinds are none. */
export function isComplaint({ parts }: ReadMail): boolean {
  const report = parts.find(({ type }) => type === 'message/feedback-report');
  if (report === undefined) return false;
  const lines = report.text.split(/\r\n?|\n/, REPORT_LINES);
  const [, kind] = lines.map((line) => /^feedback-type:\s*([\w-]+)/i.exec(line)).find(Boolean) ?? [];
  return kind !== undefined && COMPLAINTS.has(kind.toLowerCase());
}
