import type { FastifyInstance, FastifyReply } from 'fastify';
import { type LetterView, PAPER_FORMATS, Printer } from '../../delivery/index.js';
import { answerPage } from '../../design/index.js';
import { AppError } from '../../errors.js';
import type { ActionServices } from '../action-services.js';
import { findLinked, type LinkedAction, type TokenRoute } from '../confirm/linked-action.js';
import { NoFontPage } from './no-font-page.js';
import { canBePosted, printLetters } from './print-letters.js';

const RECEIPT = { purpose: 'receipt' } as const;
const CANNOT_BE_PRINTED = 422;

interface PaperRoute extends TokenRoute {
  Querystring: TokenRoute['Querystring'] & { format?: string };
}

/** Letters as a PDF to print, for whoever has the receipt's link. */
export function paperRoutes(app: FastifyInstance, services: ActionServices): void {
  const { context, site } = services;
  const printer = new Printer({ fontFolders: context.config.fontFolders, log: context.log });
  app.addHook('onClose', () => printer.close());

  const answer = async (
    reply: FastifyReply,
    linked: LinkedAction,
    {
      letters,
      format,
      receipt,
    }: { letters: readonly LetterView[]; format: string | undefined; receipt: string },
  ): Promise<FastifyReply> => {
    if (letters.length === 0) throw new AppError('not_found');
    const { action, language } = linked;
    const printed = await printLetters(context, printer, {
      action,
      letters,
      format: PAPER_FORMATS.find((known) => known === format),
    });
    if (printed.kind === 'no_font') {
      const page = (
        <NoFontPage language={language} site={site()} missing={printed.missing} receipt={receipt} />
      );
      return answerPage(reply, page, CANNOT_BE_PRINTED);
    }
    return reply
      .type('application/pdf')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'inline; filename="letter.pdf"')
      .send(Buffer.from(printed.pdf));
  };

  app.get<PaperRoute>('/receipts/:token/paper.pdf', async (request, reply) => {
    const linked = await findLinked(services, RECEIPT, request);
    const letters = linked.letters.filter((letter) => canBePosted(letter, linked.action));
    const receipt = `/receipts/${request.params.token}`;
    return answer(reply, linked, { letters, format: request.query.format, receipt });
  });
  app.get<PaperRoute & { Params: { letter: string } }>(
    '/receipts/:token/letters/:letter/paper.pdf',
    async (request, reply) => {
      const linked = await findLinked(services, RECEIPT, request);
      const letters = linked.letters.filter(
        (letter) => letter.letterId === request.params.letter && canBePosted(letter, linked.action),
      );
      const receipt = `/receipts/${request.params.token}`;
      return answer(reply, linked, { letters, format: request.query.format, receipt });
    },
  );
}
