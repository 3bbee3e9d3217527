import { oneLine } from '../compose-letter.js';
import { plainAddress } from '../mail-address.js';
import type { OfficeSnapshot } from '../office.js';

/** Windows hands a longer address to no mail program: Chrome then does nothing at all, without a word. */
export const LONGEST_MAILTO = 2000;
/** Gmail has refused addresses from 6,400 characters on; its own handler of `mailto:` stops at 4,096. */
export const LONGEST_GMAIL = 4000;
/** Measured by others: 8,000 characters of text arrive whole. */
export const LONGEST_OUTLOOK = 8000;

/** A link that opens a new mail to the office. */
export interface ComposeLink {
  readonly href: string;
  /** False where the text would make the link too long: then it holds address and subject alone. */
  readonly carriesText: boolean;
}

/** How a supporter writes to an office from their own mail. */
export interface OwnMail {
  readonly address: string;
  /** RFC 6068. */
  readonly mailto: ComposeLink;
  /** These pass the letter to the provider that they name. */
  readonly webmail: readonly (ComposeLink & { readonly provider: 'gmail' | 'outlook' })[];
}

interface MailText {
  readonly subject: string;
  /** LF between lines. */
  readonly body: string;
}

/** Links for a letter from the supporter's own mail; undefined for an office without one plain address. */
export function ownMailTo(office: Pick<OfficeSnapshot, 'email'>, text: MailText): OwnMail | undefined {
  const address = plainAddress(office.email ?? '');
  if (address === undefined) return undefined;
  const subject = oneLine(text.subject);
  const mail = { address, subject, body: text.body };
  const gmail = composeLink(gmailLink, mail, LONGEST_GMAIL);
  const outlook = composeLink(outlookLink, mail, LONGEST_OUTLOOK);
  return {
    address,
    mailto: composeLink(mailtoLink, mail, LONGEST_MAILTO),
    webmail: [
      { provider: 'gmail', ...gmail },
      { provider: 'outlook', ...outlook },
    ],
  };
}

interface Mail extends MailText {
  readonly address: string;
}

type LinkOf = (mail: Omit<Mail, 'body'> & { readonly body?: string }) => string;

function composeLink(linkOf: LinkOf, mail: Mail, longest: number): ComposeLink {
  const whole = linkOf(mail);
  if (whole.length <= longest) return { href: whole, carriesText: true };
  const { address, subject } = mail;
  return { href: linkOf({ address, subject }), carriesText: false };
}

/** In a `mailto:` a line break is `%0D%0A`; of the address, only what could be read as something else is escaped. */
const mailtoLink: LinkOf = ({ address, subject, body }) => {
  const to = encodeURIComponent(address).replace(/%40/g, '@');
  return `mailto:${to}?${query({ subject, body: body?.replace(/\r?\n/g, '\r\n') })}`;
};

const gmailLink: LinkOf = ({ address, subject, body }) =>
  `https://mail.google.com/mail/?${query({ view: 'cm', fs: '1', to: address, su: subject, body })}`;

const outlookLink: LinkOf = ({ address, subject, body }) =>
  `https://outlook.live.com/mail/0/deeplink/compose?${query({ to: address, subject, body })}`;

function query(fields: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&');
}
