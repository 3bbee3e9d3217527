import type { Language } from '../language/index.js';
import { type OwnMail, ownMailTo } from './channels/own-mail.js';
import { type PostalWay, postTo } from './channels/paper.js';
import { type Call, callTo } from './channels/telephone.js';
import { type WebForm, webFormOf } from './channels/web-form.js';
import type { LetterContent } from './letter-content.js';
import type { LetterView } from './letter-views.js';
import { type ChannelName, channelsOf, isSending } from './office.js';

/** A way by which the supporter takes a letter to its office. */
export type HandOverStep =
  | {
      readonly way: 'by_form';
      /** `website`: no contact page is known, so the office's site is given and called that. */
      readonly reach: 'web_form' | 'website';
      /** Absent where no page of the office is known. */
      readonly address: string | undefined;
      readonly form: WebForm | undefined;
    }
  | ({
      readonly way: 'by_own_mail';
      /** Our mail to this address did not get through. */
      readonly failedBefore: boolean;
    } & OwnMail)
  | ({ readonly way: 'by_telephone' } & Call)
  | ({ readonly way: 'on_paper' } & PostalWay);

type Letter = Pick<LetterView, 'office' | 'state' | 'delivery' | 'content'>;

const NOWHERE: HandOverStep = { way: 'by_form', reach: 'website', address: undefined, form: undefined };

/**
 * Every way that the supporter has to a letter's office, best first; none once the letter's text is gone. Where
 * mail from here failed, the supporter's own comes last.
 */
export function handOverSteps(letter: Letter, language: Language): readonly HandOverStep[] {
  const { content } = letter;
  if (content === undefined) return [];
  const ways = channelsOf(letter.office).filter((channel) => !isSending(channel));
  const steps = ways.flatMap((channel) => stepOf({ ...letter, content }, channel, language) ?? []);
  const failed = (step: HandOverStep): boolean => step.way === 'by_own_mail' && step.failedBefore;
  const sorted = [...steps.filter((step) => !failed(step)), ...steps.filter(failed)];
  return sorted.length === 0 ? [NOWHERE] : sorted;
}

function stepOf(
  letter: Letter & { readonly content: LetterContent },
  channel: ChannelName,
  language: Language,
): HandOverStep | undefined {
  const { office, content } = letter;
  switch (channel) {
    case 'web_form': {
      const form = webFormOf(office, content.body);
      return { way: 'by_form', reach: 'web_form', address: office.contactForm, form };
    }
    case 'website':
      // Where the form is known, the site around it leads nowhere else.
      if (office.contactForm !== undefined) return undefined;
      return {
        way: 'by_form',
        reach: 'website',
        address: office.website,
        form: webFormOf(office, content.body),
      };
    case 'own_mail': {
      const mail = ownMailTo(office, content);
      return mail && { way: 'by_own_mail', failedBefore: mailFailed(letter), ...mail };
    }
    case 'telephone': {
      const call = callTo(office, content, language);
      return call && { way: 'by_telephone', ...call };
    }
    case 'paper': {
      const post = postTo(office);
      return post && { way: 'on_paper', ...post };
    }
    default:
      return undefined;
  }
}

function mailFailed({ state, delivery }: Pick<LetterView, 'state' | 'delivery'>): boolean {
  return delivery?.channel === 'smtp' && (state === 'refused' || state === 'bounced' || state === 'waiting');
}
