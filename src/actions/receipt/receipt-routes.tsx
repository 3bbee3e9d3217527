import type { FastifyInstance } from 'fastify';
import { askAgain, recordAnswer } from '../../delivery/index.js';
import { answerPage } from '../../design/index.js';
import { AppError } from '../../errors.js';
import type { ActionServices } from '../action-services.js';
import { formOf, referenceTo } from '../alert-of-request.js';
import { findLinked, type TokenRoute } from '../confirm/linked-action.js';
import { withdrawAction } from '../confirm/withdraw.js';
import type { ActionRecord } from '../find-action.js';
import { outcomeOf, recordHandOver, wayOf } from '../hand-over/hand-over-letter.js';
import { fieldOf } from '../write/letter-form.js';
import { paperRoutes } from './paper-routes.js';
import { canBePosted, printView } from './print-letters.js';
import { receiptJson } from './receipt-json.js';
import { ReceiptPage } from './receipt-page.js';
import { letterCard } from './view-letters.js';

const RECEIPT = { purpose: 'receipt' } as const;
const NO_SESSION = { config: { crossOrigin: 'path token' } } as const;
const WITHDRAWABLE: ReadonlySet<string> = new Set(['submitted', 'confirmed', 'self_reported']);

/** The receipt: what happened to each letter, and what the supporter can still do. */
export function receiptRoutes(app: FastifyInstance, services: ActionServices): void {
  const { context, site } = services;
  paperRoutes(app, services);
  app.get<TokenRoute>('/receipts/:token', async (request, reply) => {
    const { action, alert, language, letters } = await findLinked(services, RECEIPT, request);
    const path = `/receipts/${request.params.token}`;
    const frame = { context, path, action, language };
    const page = (
      <ReceiptPage
        language={language}
        site={site()}
        alert={referenceTo(alert)}
        kind={action.kind}
        state={stateOf(action)}
        at={action.endedAt ?? action.confirmedAt ?? action.submittedAt}
        letters={letters.map((letter) => letterCard(letter, frame))}
        withdraw={WITHDRAWABLE.has(action.state) ? `${path}/withdrawal` : undefined}
        fresh={request.query.fresh === 'confirmed'}
        draftName={alert.alertId}
        print={printView(
          letters.filter((letter) => canBePosted(letter, action)),
          path,
        )}
      />
    );
    return answerPage(reply, page);
  });
  app.get<TokenRoute>('/api/v1/receipts/:token', async (request, reply) => {
    const linked = await findLinked(services, RECEIPT, request);
    return reply.header('cache-control', 'no-store').send(receiptJson(context, linked));
  });
  app.post<TokenRoute>('/receipts/:token/withdrawal', NO_SESSION, async (request, reply) => {
    const { action } = await findLinked(services, RECEIPT, request);
    await withdrawAction(context, action);
    return reply.redirect(`/receipts/${request.params.token}`, 303);
  });
  letterRoutes(app, services);
}

interface LetterRoute extends TokenRoute {
  Params: { token: string; letter: string };
}

/** What the supporter does about one letter. */
function letterRoutes(app: FastifyInstance, services: ActionServices): void {
  const { context } = services;
  const post = (what: string, act: (letter: LinkedLetter, body: unknown) => Promise<unknown>): void => {
    app.post<LetterRoute>(`/receipts/:token/letters/:letter/${what}`, NO_SESSION, async (request, reply) => {
      const { action, letters } = await findLinked(services, RECEIPT, request);
      const letter = letters.find(({ letterId }) => letterId === request.params.letter);
      if (letter === undefined) throw new AppError('not_found');
      await act({ action, letterId: letter.letterId }, request.body);
      return reply.redirect(`/receipts/${request.params.token}`, 303);
    });
  };
  post('hand-over', ({ action, letterId }, body) => {
    const form = formOf(body);
    const way = wayOf(fieldOf(form, 'how'));
    return recordHandOver(context, action, {
      letterId,
      way,
      callOutcome: outcomeOf(fieldOf(form, 'outcome')),
    });
  });
  // A second press, or one that comes too late, changes nothing: the receipt shows how it stands.
  post('follow-up', ({ action: { organisationId }, letterId }) =>
    askAgain(context.db, { organisationId, letterId, at: context.clock.now(), config: context.config }),
  );
  post('answer', ({ action: { organisationId }, letterId }) =>
    recordAnswer(context.db, { organisationId, letterId, at: context.clock.now() }),
  );
}

interface LinkedLetter {
  readonly action: ActionRecord;
  readonly letterId: string;
}

function stateOf({ state }: ActionRecord): Parameters<typeof ReceiptPage>[0]['state'] {
  if (state === 'submitted' || state === 'confirmed' || state === 'self_reported' || state === 'withdrawn')
    return state;
  return 'ended';
}
