import type { Organisation } from '../../accounts/index.js';
import { findAlertById, isOpen } from '../../alerts/index.js';
import type { Context } from '../../context.js';
import {
  type DueMail,
  isFollowUpDue,
  type LetterState,
  lettersOfAction,
  type RenderedMail,
  type RenderMail,
  remindedOfNow,
  verifyUrl,
} from '../../delivery/index.js';
import { type Language, language } from '../../language/index.js';
import type { ActionState } from '../action-states.js';
import { makeToken } from '../confirm/link-token.js';
import { CONFIRM_WITHIN_MS } from '../confirm/remind-and-expire.js';
import { type ActionRecord, findAction, openSupporter } from '../find-action.js';
import { titledName } from '../officeholder-view.js';
import { mayHaveArrived } from '../receipt/letter-words.js';
import { hasFailed, isRehearsal, leftOffice, sheetView } from '../receipt/view-letters.js';
import { hasWayOn } from '../receipt/way-on.js';
import { failureLines } from '../receipt/way-words.js';
import { chaseSubject, chaseText, renderChaseMail } from './chase-mail.js';
import {
  type ConfirmationMailView,
  confirmationSubject,
  renderConfirmationMail,
} from './confirmation-mail.js';
import { copySubject, renderCopyMail } from './copy-mail.js';
import { failedSubject, failedText, renderFailedMail } from './failed-mail.js';
import { confirmationText, copyText, stoppedText } from './mail-text.js';
import { renderStoppedMail, stoppedSubject } from './stopped-mail.js';

interface Rendering {
  readonly context: Context;
  readonly organisation: Organisation;
}

/**
 * Renders the mails of this room when a worker sends them; `undefined` where the mail has lost its reason: the
 * action was confirmed, withdrawn or forgotten meanwhile.
 */
export function mailRenderer(rendering: Rendering): RenderMail {
  return async (mail) => {
    const { context } = rendering;
    const action = await findAction(context.db, mail);
    if (mail.kind === 'disavowal') return renderDisavowal(rendering, action, mail.letterId);
    const supporter = await openSupporter(context, action);
    if (supporter === undefined || action.state !== STATE_FOR[mail.kind]) return undefined;
    const content = await RENDERERS[mail.kind](rendering, action, language(action.language));
    return content && { to: supporter.email, ...content };
  };
}

const MAY_HAVE_ARRIVED: ReadonlySet<LetterState> = new Set(['accepted', 'settled', 'unclear']);

type Content = Omit<RenderedMail, 'to'>;
type SupporterMail = Exclude<DueMail['kind'], 'disavowal'>;

const STATE_FOR: Readonly<Record<SupporterMail, ActionState>> = {
  confirmation: 'submitted',
  reminder: 'submitted',
  copy: 'confirmed',
  step: 'confirmed',
  stopped: 'confirmed',
  failed: 'confirmed',
  chase: 'confirmed',
};

const RENDERERS: Readonly<
  Record<
    SupporterMail,
    (rendering: Rendering, action: ActionRecord, page: Language) => Promise<Content | undefined>
  >
> = {
  confirmation: (rendering, action, page) => renderConfirmation(rendering, action, { page, reminder: false }),
  reminder: (rendering, action, page) => renderConfirmation(rendering, action, { page, reminder: true }),
  copy: renderCopy,
  step: renderStep,
  stopped: renderStopped,
  failed: renderFailed,
  chase: renderChase,
};

async function renderConfirmation(
  { context, organisation }: Rendering,
  action: ActionRecord,
  { page, reminder }: { page: Language; reminder: boolean },
): Promise<Content | undefined> {
  const alert = await findAlertById(context, action);
  if (alert === undefined || !isOpen(alert, context.clock.now())) return undefined;
  const letters = await lettersOfAction(context, action);
  const expires = new Date(action.submittedAt.getTime() + CONFIRM_WITHIN_MS);
  const confirm = `${context.config.url}/confirm/${makeToken(context, 'confirm', { ...action, expires })}`;
  const view: ConfirmationMailView = {
    language: page,
    name: organisation.name,
    headline: alert.content.headline,
    offices: letters.map(({ office }) => titledName(office)),
    confirm,
    notMe: `${confirm}/not-me`,
    expires,
    reminder,
  };
  return written(view, {
    subject: confirmationSubject,
    text: confirmationText,
    html: renderConfirmationMail,
  });
}

async function renderCopy(
  rendering: Rendering,
  action: ActionRecord,
  page: Language,
): Promise<Content | undefined> {
  const letters = await lettersOfAction(rendering.context, { ...action, withContent: true });
  const view = {
    ...(await frameOf(rendering, action, page)),
    letters: letters.flatMap((letter) => {
      const sheet = sheetView(letter, action.language);
      return sheet === undefined ? [] : [{ to: titledName(letter.office), letter: sheet }];
    }),
    rehearsal: isRehearsal(letters),
  };
  return written(view, { subject: copySubject, text: copyText, html: renderCopyMail });
}

/** `undefined` where every such letter went on, or was sent by hand, meanwhile. */
async function renderStopped(
  rendering: Rendering,
  action: ActionRecord,
  page: Language,
): Promise<Content | undefined> {
  const stopped = (await lettersOfAction(rendering.context, action)).filter(leftOffice);
  if (stopped.length === 0) return undefined;
  const view = {
    ...(await frameOf(rendering, action, page)),
    offices: stopped.map(({ office }) => titledName(office)),
  };
  return written(view, { subject: stoppedSubject, text: stoppedText, html: renderStoppedMail });
}

/** `undefined` where every such letter went on, or was sent by hand, meanwhile. */
async function renderFailed(
  rendering: Rendering,
  action: ActionRecord,
  page: Language,
): Promise<Content | undefined> {
  const letters = await lettersOfAction(rendering.context, { ...action, withContent: true });
  const failed = letters.filter(hasFailed);
  if (failed.length === 0) return undefined;
  const view = {
    ...(await frameOf(rendering, action, page)),
    letters: failed.map((letter) => ({
      to: titledName(letter.office),
      isYours: hasWayOn(letter, page),
      perhaps: mayHaveArrived(letter),
      said: failureLines(page, letter),
      letter: sheetView(letter, action.language),
    })),
  };
  return written(view, { subject: failedSubject, text: failedText, html: renderFailedMail });
}

/** `undefined` where an answer came meanwhile, or the office was asked already. */
async function renderChase(
  rendering: Rendering,
  action: ActionRecord,
  page: Language,
): Promise<Content | undefined> {
  const { context } = rendering;
  const letters = await lettersOfAction(context, { ...action, withContent: true });
  const reminded = new Set(await remindedOfNow(context.db, action));
  const now = context.clock.now();
  const silent = letters.filter((letter) => reminded.has(letter.letterId) && isFollowUpDue(letter, now));
  if (silent.length === 0) return undefined;
  const view = {
    ...(await frameOf(rendering, action, page)),
    offices: silent.map(({ office, delivery }) => ({
      to: titledName(office),
      automatic: Boolean(delivery?.autoRepliedAt),
    })),
  };
  return written(view, { subject: chaseSubject, text: chaseText, html: renderChaseMail });
}

/** `undefined` where no letter waits for its writer any more. */
async function renderStep(
  rendering: Rendering,
  action: ActionRecord,
  page: Language,
): Promise<Content | undefined> {
  const letters = await lettersOfAction(rendering.context, action);
  const waiting = letters.filter(({ state }) => state === 'waiting').map(({ office }) => titledName(office));
  if (waiting.length === 0) return undefined;
  const { language: _, ...frame } = await frameOf(rendering, action, page);
  const words = { ...frame, offices: page.list(waiting), n: waiting.length };
  return {
    subject: page.t('actions.step.subject', words),
    text: page.t('actions.step.text', words),
    headers: {},
    language: page.tag,
  };
}

async function renderDisavowal(
  { context, organisation }: Rendering,
  action: ActionRecord,
  letterId: string | null,
): Promise<RenderedMail | undefined> {
  const letters = await lettersOfAction(context, action);
  const letter = letters.find((candidate) => candidate.letterId === letterId);
  const to = letter?.office.email;
  if (letter === undefined || to === undefined || action.state !== 'disavowed') return undefined;
  if (!MAY_HAVE_ARRIVED.has(letter.state)) return undefined;
  const { t, date, tag } = language(action.language);
  const sent = date(letter.delivery?.acceptedAt ?? letter.changedAt, 'datetime');
  const url = verifyUrl(context, action.organisationId, letter.letterId);
  const text = t('actions.disavowal.text', {
    sent,
    organisation: organisation.name,
    url,
    fingerprint: letter.sha256,
  });
  const headers = letter.delivery === undefined ? {} : { 'In-Reply-To': letter.delivery.messageId };
  return { to, subject: t('actions.disavowal.subject'), text, headers, language: tag };
}

/** What the mails about confirmed letters have in common. */
async function frameOf({ context, organisation }: Rendering, action: ActionRecord, page: Language) {
  const alert = await findAlertById(context, action);
  return {
    language: page,
    name: organisation.name,
    headline: alert?.content.headline ?? '',
    receipt: `${context.config.url}/receipts/${makeToken(context, 'receipt', action)}`,
  };
}

/** How the parts of a mail are written from what it says. */
interface Writing<View> {
  readonly subject: (view: View) => string;
  readonly text: (view: View) => string;
  readonly html: (view: View) => string;
}

function written<View extends { readonly language: Language }>(
  view: View,
  { subject, text, html }: Writing<View>,
): Content {
  return {
    subject: subject(view),
    text: text(view),
    html: html(view),
    headers: {},
    language: view.language.tag,
  };
}
