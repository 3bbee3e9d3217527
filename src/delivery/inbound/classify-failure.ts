/** Why a mail could not be delivered for good. The first two say that the address itself is dead. */
export const FAILURE_REASONS = [
  'no_such_address',
  'no_such_domain',
  'disabled',
  'mailbox_full',
  'too_large',
  'policy',
  'content',
  'gave_up',
  'other',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

const ADDRESS_IS_DEAD: ReadonlySet<FailureReason> = new Set(['no_such_address', 'no_such_domain']);

/** Whether nothing can reach the address: not for a full mailbox, a policy, or a server that was away. */
export function saysAddressIsDead(reason: FailureReason): boolean {
  return ADDRESS_IS_DEAD.has(reason);
}

/** By subject and detail of RFC 3463 (registry: IANA, SMTP Enhanced Status Codes). */
const BY_STATUS: Readonly<Record<string, FailureReason>> = {
  '1.1': 'no_such_address',
  '1.2': 'no_such_domain',
  '1.3': 'no_such_address',
  '1.6': 'no_such_address',
  '1.7': 'policy',
  '1.8': 'policy',
  '1.10': 'no_such_domain',
  '2.1': 'disabled',
  '2.2': 'mailbox_full',
  '2.3': 'too_large',
  '3.1': 'mailbox_full',
  '3.4': 'too_large',
  '4.1': 'gave_up',
  '4.2': 'gave_up',
  '4.7': 'gave_up',
};
const BY_SUBJECT: Readonly<Record<string, FailureReason>> = { 6: 'content', 7: 'policy' };

// A server that blocks us may call it "user unknown"; one of these words keeps the address alive.
const BLOCKED =
  /\b(?:spam|black ?list|block(?:ed|list)?|denied|polic(?:y|ies)|reputation|rbl|dnsbl|spf|dkim|dmarc|rate limit|prohibited|unsolicited|not (?:allowed|authori[sz]ed|permitted)|banned|greylist)\b/i;
// Microsoft 365 says it so of a recipient that its directory does not have.
const NOT_IN_DIRECTORY = /recipient address rejected: access denied/i;
const FULL = /\b(?:quota|(?:mailbox|inbox|mail box|storage) (?:is |was )?(?:full|exceeded)|over ?quota)\b/i;
const TOO_LARGE = /\b(?:too (?:large|big)|size limit|exceeds .{0,20}size)\b/i;
const DISABLED = /\b(?:disabled|suspended|deactivated|inactive)\b/i;
const NO_SUCH_DOMAIN =
  /\b(?:(?:host|domain)(?: or domain)?(?: name)? not found|no such (?:domain|host)|unrouteable address|nxdomain|(?:couldn't|could not|can't|cannot) find any host|domain (?:\S{1,80} )?(?:does not|doesn't) exist)\b/i;
const NO_SUCH_ADDRESS =
  /\b(?:user unknown|unknown (?:user|recipient|mailbox|address|local)|no such (?:user|recipient|mailbox|address|person|account)|(?:user|recipient|mailbox|address|account)(?: \S{1,80})? (?:is |was )?(?:not found|unknown|invalid|(?:does not|doesn't|do not) exist|not exist)|invalid (?:recipient|mailbox|address)|no mailbox here|not listed in|not a (?:known|valid) (?:user|recipient|mailbox|address)|user (?:does not|doesn't) have an? |(?:couldn't|could not) be found|RecipientNotFound)\b/i;
const GAVE_UP =
  /\b(?:timed? ?out|timeout|too long|expired|retry time|unreachable|connection (?:refused|lost|reset))\b/i;

interface Failure {
  /** `5.1.1`, or none. */
  readonly status: string | undefined;
  /** The other server's words; only their beginning is looked at. */
  readonly words: string;
}

const LONGEST_WORDS = 1000;

/** Why it failed, by the enhanced status and, where that is vague or is known to mislead, by the words. */
export function classifyFailure({ status, words }: Failure): FailureReason {
  const said = words.slice(0, LONGEST_WORDS);
  const [kind, subject = '', detail = ''] = status?.split('.') ?? [];
  if (`${subject}.${detail}` === '4.1' && NOT_IN_DIRECTORY.test(said)) return 'no_such_address';
  const byStatus = BY_STATUS[`${subject}.${detail}`] ?? BY_SUBJECT[subject];
  const reason = byStatus ?? byWords(said);
  if (saysAddressIsDead(reason)) return kind === '4' ? 'gave_up' : howDead(reason, said);
  if (reason === 'gave_up' || reason === 'other') return kind === '4' ? 'gave_up' : byNetwork(reason, said);
  return reason;
}

// Exchange says 5.1.10, "the domain takes no mail", of a person whom it does not find.
function howDead(reason: FailureReason, said: string): FailureReason {
  if (BLOCKED.test(said)) return 'policy';
  return NO_SUCH_ADDRESS.test(said) ? 'no_such_address' : reason;
}

// 5.4.4 is also what some servers say when the DNS was silent for a while: only the words can tell.
function byNetwork(reason: FailureReason, said: string): FailureReason {
  return NO_SUCH_DOMAIN.test(said) ? 'no_such_domain' : reason;
}

function byWords(said: string): FailureReason {
  if (BLOCKED.test(said)) return 'policy';
  if (FULL.test(said)) return 'mailbox_full';
  if (TOO_LARGE.test(said)) return 'too_large';
  if (DISABLED.test(said)) return 'disabled';
  if (NO_SUCH_DOMAIN.test(said)) return 'no_such_domain';
  if (NO_SUCH_ADDRESS.test(said)) return 'no_such_address';
  return GAVE_UP.test(said) ? 'gave_up' : 'other';
}
