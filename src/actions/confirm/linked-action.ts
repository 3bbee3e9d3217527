import { type Alert, findAlertById } from '../../alerts/index.js';
import { type LetterView, lettersOfAction } from '../../delivery/index.js';
import { AppError } from '../../errors.js';
import { type Language, language, languageTags } from '../../language/index.js';
import type { ActionServices } from '../action-services.js';
import { type ActionRecord, findAction } from '../find-action.js';
import { type LinkPurpose, readToken } from './link-token.js';

/** A route whose only credential is the token in its path. */
export interface TokenRoute {
  Params: { token: string };
  Querystring: { language?: string; fresh?: string };
  Body: unknown;
}

/** What a link leads to: an action, its alert, and the language in which it was taken. */
export interface LinkedAction {
  readonly action: ActionRecord;
  readonly alert: Alert;
  readonly language: Language;
  readonly letters: readonly LetterView[];
}

/** @throws AppError `not_found` for a token that was not made here, `gone` for one whose time is over. */
export async function findLinked(
  { context }: ActionServices,
  link: { readonly purpose: LinkPurpose; readonly ended?: boolean },
  { params, query }: { params: TokenRoute['Params']; query: TokenRoute['Querystring'] },
): Promise<LinkedAction> {
  const target = readToken(context, { ...link, token: params.token });
  const action = await findAction(context.db, target);
  const alert = await findAlertById(context, action);
  if (alert === undefined) throw new AppError('not_found');
  const tag =
    query.language !== undefined && languageTags.includes(query.language) ? query.language : action.language;
  return {
    action,
    alert,
    language: language(tag),
    letters: await lettersOfAction(context, { ...target, withContent: true }),
  };
}
