import type { FastifyInstance } from 'fastify';
import { answerPage } from '../../design/index.js';
import { language as languageOf } from '../../language/index.js';
import type { Received } from '../record/received.js';
import type { SimulatorRecords } from '../simulator-records.js';
import { type LetterView, MessagePage } from './message-page.js';
import { SimulatorPage } from './simulator-page.js';

const NEWEST = 50;
const ON_THE_SHEET: ReadonlySet<string> = new Set(['Subject', 'OrganizationStatement', 'ConstituentMessage']);

interface PageOptions {
  readonly records: SimulatorRecords;
  /** Whether the words of letters are shown. */
  readonly texts: boolean;
}

/** A page at `/` that lists what came to each office, and with `texts` one for each message. */
export function servePages(app: FastifyInstance, { records, texts }: PageOptions): void {
  const language = languageOf('en');
  app.get('/', async (_request, reply) => {
    const tallies = records.tallies().toSorted((a, b) => b.last.getTime() - a.last.getTime());
    const messages = records.received().slice(-NEWEST).toReversed();
    const page = { language, total: records.total, tallies, messages, texts };
    return answerPage(reply, <SimulatorPage {...page} />);
  });
  if (!texts) return;
  app.get<{ Params: { number: string } }>('/messages/:number', async (request, reply) => {
    const message = records.find(Number(request.params.number));
    const letter = message && (await readLetter(records, message));
    if (message === undefined || letter === undefined) return reply.callNotFound();
    return answerPage(reply, <MessagePage language={language} message={message} letter={letter} />);
  });
}

async function readLetter(
  records: SimulatorRecords,
  { number, server }: Received,
): Promise<LetterView | undefined> {
  if (server === 'mail') {
    const mail = await records.readMail(number);
    return mail && { subject: mail.subject, texts: [mail.text], facts: [] };
  }
  const elements = records.readCwc(number);
  if (elements === undefined) {
    const raw = records.raw(number);
    return raw && { subject: '', texts: [raw.toString()], facts: [] };
  }
  const { Subject: [subject = ''] = [], OrganizationStatement = [], ConstituentMessage = [] } = elements;
  const facts = Object.entries(elements)
    .filter(([name]) => !ON_THE_SHEET.has(name))
    .map(([name, values]) => ({ name: breakable(name), value: values.join(', ') }));
  return { subject, texts: [...OrganizationStatement, ...ConstituentMessage], facts };
}

/** Lets a narrow screen break `DeliveryAgentContactName` between its words. */
function breakable(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '\u200b');
}
