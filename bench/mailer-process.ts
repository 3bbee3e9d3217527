// A process of its own: nodemailer alone, with its part of the newest letters held, as its manual has it.
import { createTransport } from 'nodemailer';
import { sql } from '../src/database/index.js';
import { openContext } from '../src/open-context.js';
import { readMails } from './letter-mails.js';

const CONNECTIONS = 5;
const [host = '', port = '', selector = '', letters = '', part = '0', parts = '1'] = process.argv.slice(2);

await using context = await openContext({ variables: process.env, role: 'command' });
const { rows } = await sql<{ id: string }>`
  select letter_id as id from letter where state = 'held'
  order by sequence desc limit ${Number(letters)}`.execute(context.db);
const own = rows.filter((_, index) => index % Number(parts) === Number(part)).map(({ id }) => id);
const mails = await readMails(context, own);
const transport = createTransport({
  host,
  port: Number(port),
  pool: true,
  maxConnections: CONNECTIONS,
  maxMessages: Number.POSITIVE_INFINITY,
  dkim: {
    domainName: context.config.mail.domain,
    keySelector: selector,
    privateKey: context.secrets.dkimKey ?? '',
  },
});
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));
await Promise.all(mails.map((mail) => transport.sendMail(mail)));
transport.close();
process.send?.(mails.length);
process.disconnect();
