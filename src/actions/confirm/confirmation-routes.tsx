import type { FastifyInstance } from 'fastify';
import { isOpen } from '../../alerts/index.js';
import { handOverSteps, isSending, type LetterState } from '../../delivery/index.js';
import { answerPage } from '../../design/index.js';
import type { ActionServices } from '../action-services.js';
import { referenceTo } from '../alert-of-request.js';
import { mayHaveArrived } from '../receipt/letter-words.js';
import { officeholderView, sheetView } from '../receipt/view-letters.js';
import { tooLongForForm } from '../write/view-facts.js';
import { confirmAction } from './confirm.js';
import { ConfirmPage, type LinkEnd, LinkEndPage } from './confirm-page.js';
import { DisavowedPage, DisavowPage } from './disavow-page.js';
import { makeToken } from './link-token.js';
import { findLinked, type LinkedAction, type TokenRoute } from './linked-action.js';
import { CONFIRM_WITHIN_MS } from './remind-and-expire.js';
import { partsOf } from './sent-parts.js';
import { disavowAction } from './withdraw.js';

const CONFIRM = { purpose: 'confirm' } as const;
const NOT_ME = { purpose: 'confirm', ended: true } as const;
const GONE: ReadonlySet<LetterState> = new Set(['sending', 'accepted', 'settled', 'bounced', 'handed_over']);
const NO_SESSION = { config: { crossOrigin: 'path token' } } as const;

/** Behind the link in the mail: looking changes nothing, only the button confirms. */
export function confirmationRoutes(app: FastifyInstance, services: ActionServices): void {
  const { context, site } = services;
  app.get<TokenRoute>('/confirm/:token', async (request, reply) => {
    const linked = await findLinked(services, CONFIRM, request);
    const { action, alert, language, letters } = linked;
    const frame = { language, site: site(), alert: referenceTo(alert) };
    const end = endOf(services, linked);
    if (end !== undefined) {
      const receipt = end === 'confirmed' ? receiptPath(services, linked) : undefined;
      return answerPage(reply, <LinkEndPage {...frame} end={end} receipt={receipt} />);
    }
    const views = letters.flatMap((letter) => {
      const sheet = sheetView(letter, action.language);
      if (sheet === undefined) return [];
      return [
        {
          id: letter.letterId,
          officeholder: officeholderView(letter),
          reach: letter.channel,
          ahead: isSending(letter.channel) ? undefined : handOverSteps(letter, language),
          letter: sheet,
          parts: partsOf(letter),
          roomOfForm: tooLongForForm(letter),
        },
      ];
    });
    const path = `/confirm/${request.params.token}`;
    const expires = new Date(action.submittedAt.getTime() + CONFIRM_WITHIN_MS);
    return answerPage(
      reply,
      <ConfirmPage {...frame} letters={views} action={path} notMe={`${path}/not-me`} expires={expires} />,
    );
  });
  app.post<TokenRoute>('/confirm/:token', NO_SESSION, async (request, reply) => {
    const linked = await findLinked(services, CONFIRM, request);
    const outcome = await confirmAction(services, linked.action);
    if (outcome === 'confirmed' || outcome === 'was_confirmed') {
      return reply.redirect(`${receiptPath(services, linked)}?fresh=${outcome}`, 303);
    }
    const end = endOf(services, await findLinked(services, CONFIRM, request)) ?? 'acted_before';
    const { language, alert } = linked;
    const page = <LinkEndPage language={language} site={site()} alert={referenceTo(alert)} end={end} />;
    return answerPage(reply, page, 409);
  });
  app.get<TokenRoute>('/confirm/:token/not-me', async (request, reply) => {
    const { alert, language } = await findLinked(services, NOT_ME, request);
    const action = `/confirm/${request.params.token}/not-me`;
    return answerPage(
      reply,
      <DisavowPage language={language} site={site()} alert={referenceTo(alert)} action={action} />,
    );
  });
  app.post<TokenRoute>('/confirm/:token/not-me', NO_SESSION, async (request, reply) => {
    const before = await findLinked(services, NOT_ME, request);
    await disavowAction(context, before.action);
    const linked = await findLinked(services, NOT_ME, request);
    const { action, alert, language, letters } = linked;
    const frame = { language, site: site(), alert: referenceTo(alert) };
    // What had ended before in another way is not disavowed by this.
    const end = action.state === 'disavowed' ? undefined : endOf(services, linked);
    if (end !== undefined) return answerPage(reply, <LinkEndPage {...frame} end={end} />, 409);
    const gone = letters.some((letter) => GONE.has(letter.state) || mayHaveArrived(letter));
    return answerPage(reply, <DisavowedPage {...frame} alreadySent={gone} />);
  });
}

function receiptPath({ context }: ActionServices, { action }: LinkedAction): string {
  return `/receipts/${makeToken(context, 'receipt', action)}`;
}

function endOf({ context }: ActionServices, { action, alert }: LinkedAction): LinkEnd | undefined {
  if (action.state === 'submitted') return isOpen(alert, context.clock.now()) ? undefined : 'alert_closed';
  if (action.state === 'confirmed' || action.state === 'self_reported') return 'confirmed';
  if (action.state === 'superseded') return 'acted_before';
  return action.state === 'expired' ? 'expired' : 'withdrawn';
}
