import { createPublicKey, type KeyObject } from 'node:crypto';
import { resolveTxt } from 'node:dns/promises';
import { createTransport } from 'nodemailer';
import type { Context } from '../context.js';
import type { DoctorFinding } from '../doctor-finding.js';
import { openSmtpMailer, readRsaKey } from './channels/smtp-mailer.js';
import { leadsNowhere } from './mail-address.js';

const WEAK_RSA_BITS = 2048;

/** Looks at everything that sending depends on: the switch, the mail server, the sender's address, DKIM. */
export async function checkMail(context: Context): Promise<readonly DoctorFinding[]> {
  return [
    checkSwitch(context),
    ...(context.config.mail.smtp ? [await checkServer(context), checkSender(context)] : []),
    ...(await checkDkim(context)),
  ];
}

function checkSwitch({ config }: Context): DoctorFinding {
  const name = 'sending';
  if (config.delivery) return { name, ok: true, found: 'on: letters go to real offices' };
  const mail = config.mail.smtp
    ? 'mail to addresses such as office@upper.example goes to SMTP_URL; other mail'
    : 'mail';
  const found = `off: ${mail} is kept in ${config.dataDirectory}/outbox and marked as not sent`;
  return { name, ok: true, found };
}

async function checkServer({ config, secrets }: Context): Promise<DoctorFinding> {
  const name = 'mail server';
  const mend = 'Check SMTP_URL: host, port, user, password, and that a firewall lets the connection out.';
  try {
    const mailer = openSmtpMailer({ config, secrets: { ...secrets, dkimKey: undefined }, connections: 1 });
    await mailer?.verify().finally(() => mailer.close());
    return { name, ok: true, found: `${mailer?.host ?? 'none'} answers and lets us in` };
  } catch (error) {
    return { name, ok: false, found: wordsOf(error), mend };
  }
}

function checkSender({ config }: Context): DoctorFinding {
  const { from, domain } = config.mail;
  const name = 'sender';
  if (config.delivery && (leadsNowhere(from) || !domain.includes('.'))) {
    return {
      name,
      ok: false,
      found: `letters come from ${from}, a domain that no mail can come from`,
      mend: 'Set REDRESS_MAIL_FROM to an address of a domain that you own.',
    };
  }
  return { name, ok: true, found: `letters come from ${from}` };
}

async function checkDkim(context: Context): Promise<readonly DoctorFinding[]> {
  const { mail } = context.config;
  const { dkimKey } = context.secrets;
  if (mail.dkim === undefined || dkimKey === undefined) {
    const found =
      'no key is set (REDRESS_DKIM_KEY_FILE): mail leaves unsigned unless your mail provider signs it';
    return mail.smtp ? [{ name: 'DKIM', ok: true, found }] : [];
  }
  const { domain, selector } = mail.dkim;
  try {
    const key = readRsaKey(dkimKey);
    const signature = await checkSignature({ key, domain, selector });
    return [signature, checkAlignment(domain, mail.domain), await checkRecord({ key, domain, selector })];
  } catch (error) {
    const mend = 'Make an RSA key: openssl genrsa -out dkim.pem 2048';
    return [{ name: 'DKIM', ok: false, found: wordsOf(error), mend }];
  }
}

interface Signing {
  readonly key: KeyObject;
  readonly domain: string;
  readonly selector: string;
}

/** Signs a mail as a letter is signed, and verifies it as a receiver would. */
async function checkSignature({ key, domain, selector }: Signing): Promise<DoctorFinding> {
  const name = 'DKIM';
  const dkim = { domainName: domain, keySelector: selector, privateKey: key };
  const transport = createTransport({ streamTransport: true, buffer: true }, { dkim });
  const { message } = await transport.sendMail({
    from: `doctor@${domain}`,
    to: 'doctor@redress.invalid',
    text: 'Test\n',
  });
  // Loaded here, since only the doctor needs it.
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
  const record = recordOf(key);
  const { results } = await dkimVerify(String(message), { resolver: async () => [[record]] });
  const verdict = results[0]?.status.result ?? 'not signed';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (verdict !== 'pass') {
    return { name, ok: false, found: `a test mail did not verify: ${verdict}`, mend: 'Make another key.' };
  }
  if (bits < WEAK_RSA_BITS) {
    return { name, ok: false, found: `the key has ${bits} bits`, mend: `Make one of ${WEAK_RSA_BITS} bits.` };
  }
  return { name, ok: true, found: `a test mail signed as ${selector}._domainkey.${domain} verifies` };
}

// DMARC (RFC 7489) wants the signing domain to be that of From, or one above it.
function checkAlignment(domain: string, mailDomain: string): DoctorFinding {
  const name = 'DKIM alignment';
  if (mailDomain === domain || mailDomain.endsWith(`.${domain}`))
    return { name, ok: true, found: 'with From' };
  return {
    name,
    ok: false,
    found: `mail is signed for ${domain}, but comes from ${mailDomain}`,
    mend: 'Set REDRESS_DKIM_DOMAIN to the domain of REDRESS_MAIL_FROM.',
  };
}

async function checkRecord({ key, domain, selector }: Signing): Promise<DoctorFinding> {
  const name = 'DKIM record';
  const host = `${selector}._domainkey.${domain}`;
  if (leadsNowhere(domain)) return { name, ok: true, found: 'not looked up: the domain is for tests' };
  const mend = `Publish this TXT record at ${host}: ${recordOf(key)}`;
  try {
    const records = (await resolveTxt(host)).map((chunks) => chunks.join(''));
    const publicKey = /p=([^;]*)/.exec(recordOf(key))?.[1] ?? '';
    if (records.some((record) => record.replace(/\s/g, '').includes(`p=${publicKey}`))) {
      return { name, ok: true, found: `${host} has our key` };
    }
    return { name, ok: false, found: `${host} does not have our key`, mend };
  } catch {
    return { name, ok: false, found: `${host} is not in the DNS`, mend };
  }
}

function recordOf(key: KeyObject): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  return `v=DKIM1; k=rsa; p=${publicKey}`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
