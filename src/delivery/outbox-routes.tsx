import type { FastifyInstance, FastifyRequest } from 'fastify';
import PostalMime, { type Email } from 'postal-mime';
import type { Context } from '../context.js';
import { answerPage, type SiteView } from '../design/index.js';
import { AppError } from '../errors.js';
import { language } from '../language/index.js';
import { showsOutbox } from './may-leave.js';
import { KIND_HEADER, outboxNames, readFromOutbox } from './outbox-folder.js';
import { type OutboxMail, OutboxMailPage, OutboxPage, type TextPart } from './outbox-page.js';

const MOST_LISTED = 200;
const LINK = /https?:\/\/[^\s<>"']+/g;

/** What the routes of this room need. */
export interface DeliveryServices {
  readonly context: Context;
  readonly site: () => SiteView;
}

interface NamedRoute {
  Params: { name: string };
  Querystring: { language?: string };
}

const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'];

async function refuseProxied({ headers }: FastifyRequest): Promise<void> {
  if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) throw new AppError('not_found');
}

/** The mails that were written to files instead of being sent; only on this computer, only where there are some. */
export function outboxRoutes(app: FastifyInstance, { context, site }: DeliveryServices): void {
  const { config } = context;
  if (!showsOutbox(config)) return;
  // Behind a proxy that keeps our Host header, anybody could come from anywhere.
  const here = { onRequest: refuseProxied };
  app.get<NamedRoute>('/outbox', here, async (request, reply) => {
    const names = (await outboxNames(config)).slice(0, MOST_LISTED);
    const mails = await Promise.all(names.map(async (name) => viewOf(name, await readMail(context, name))));
    const page = (
      <OutboxPage language={language(request.query.language ?? 'en')} site={site()} mails={mails} />
    );
    return answerPage(reply, page);
  });
  app.get<NamedRoute>('/outbox/:name', here, async (request, reply) => {
    const { name } = request.params;
    const mail = await readMail(context, name);
    const page = (
      <OutboxMailPage
        language={language(request.query.language ?? 'en')}
        site={site()}
        mail={viewOf(name, mail)}
        text={textParts(mail.text ?? '', config.url)}
        file={`/outbox/${name}/file`}
        back="/outbox"
      />
    );
    return answerPage(reply, page);
  });
  app.get<NamedRoute>('/outbox/:name/file', here, async (request, reply) => {
    const { name } = request.params;
    const bytes = await readFromOutbox(config, name);
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${name}"`)
      .type('message/rfc822')
      .send(bytes);
  });
}

async function readMail(context: Context, name: string): Promise<Email> {
  return PostalMime.parse(await readFromOutbox(context.config, name));
}

function viewOf(name: string, mail: Email): OutboxMail {
  const kind = mail.headers.find(({ key }) => key === KIND_HEADER.toLowerCase())?.value;
  return {
    address: `/outbox/${name}`,
    to: (mail.to ?? []).map(addressText).join(', '),
    from: mail.from === undefined ? '' : addressText(mail.from),
    subject: mail.subject ?? '',
    at: new Date(mail.date ?? 0),
    kind: kind === 'letter' ? 'letter' : 'mail',
  };
}

function addressText({ name, address }: { name?: string; address?: string | undefined }): string {
  return name ? `${name} <${address ?? ''}>` : (address ?? '');
}

/** Cuts a text into words and links; only links to this site can be followed. */
function textParts(text: string, url: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: link, index } of text.matchAll(LINK)) {
    if (!link.startsWith(`${url}/`)) continue;
    parts.push({ text: text.slice(end, index) }, { text: link, address: link });
    end = index + link.length;
  }
  return [...parts, { text: text.slice(end) }].filter((part) => part.text !== '');
}
