import { resolveMx } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Context } from '../../context.js';
import type { DoctorFinding } from '../../doctor-finding.js';
import { leadsNowhere } from '../mail-address.js';
import { GREETING } from './bounce-listener.js';
import { checkMaildir } from './maildir.js';

const GREETING_MS = 3000;
const NAME = 'bounces';

/** Looks at whether mails that come back can reach us: the port, the folder, the domain's MX. */
export async function checkIntake(context: Context): Promise<readonly DoctorFinding[]> {
  const { config } = context;
  const { port, maildir } = config.bounces;
  if (port === undefined && maildir === undefined) {
    if (!config.delivery) return [];
    const found = `not read: what comes back to letters+…@${config.mail.domain} is not seen here`;
    return [{ name: NAME, ok: true, found, mend: 'Set REDRESS_BOUNCE_PORT or REDRESS_BOUNCE_MAILDIR.' }];
  }
  return [
    ...(port === undefined ? [] : [await checkPort(context, port), ...checkTls(context)]),
    ...(maildir === undefined ? [] : [await checkFolder(maildir)]),
    ...(port === undefined ? [] : await checkMx(context, port)),
  ];
}

async function checkPort({ config }: Context, port: number): Promise<DoctorFinding> {
  const { host } = config.bounces;
  const where = `port ${port} on ${host}`;
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return { name: NAME, ok: true, found: `${where} is free for the worker` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EADDRINUSE' && (await greetingOf(host, port)).includes(GREETING))
      return { name: NAME, ok: true, found: `a worker listens on ${where}` };
    const mend =
      'Set REDRESS_BOUNCE_PORT to a free port above 1023, and REDRESS_BOUNCE_HOST to an address of this machine.';
    return { name: NAME, ok: false, found: `${where} cannot be listened on (${code})`, mend };
  } finally {
    server.close();
  }
}

/** What the program that holds the port says first. */
async function greetingOf(host: string, port: number): Promise<string> {
  const socket = connect({ host, port });
  try {
    const [chunk]: unknown[] = await once(socket, 'data', { signal: AbortSignal.timeout(GREETING_MS) });
    return String(chunk);
  } catch {
    return '';
  } finally {
    socket.destroy();
  }
}

function checkTls({ config }: Context): readonly DoctorFinding[] {
  const { host, tls } = config.bounces;
  if (tls !== undefined || host === 'localhost' || host === '::1' || host.startsWith('127.')) return [];
  const mend =
    'Set REDRESS_BOUNCE_TLS_KEY_FILE and REDRESS_BOUNCE_TLS_CERT_FILE, or listen on 127.0.0.1 behind your mail server.';
  return [{ name: NAME, ok: true, found: 'come in without encryption, and may quote letters', mend }];
}

async function checkFolder(maildir: string): Promise<DoctorFinding> {
  try {
    await checkMaildir(maildir);
    return { name: NAME, ok: true, found: `are read from ${maildir}` };
  } catch (error) {
    return { name: NAME, ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

async function checkMx({ config }: Context, port: number): Promise<readonly DoctorFinding[]> {
  const { domain } = config.mail;
  if (leadsNowhere(domain)) return [];
  try {
    const hosts = (await resolveMx(domain)).map(({ exchange }) => exchange);
    const found = `the MX of ${domain} is ${hosts.join(', ')}`;
    const mend = `That server must be this one, or hand what comes for letters+…@${domain} on to port ${port} here (docs/inbound-mail.md).`;
    return [{ name: NAME, ok: true, found, mend }];
  } catch {
    const mend = `Publish an MX record for ${domain}: else what comes back is lost, and receivers distrust the letters.`;
    return [{ name: NAME, ok: false, found: `${domain} has no MX in the DNS`, mend }];
  }
}
