import { parsePhoneNumber } from 'awesome-phonenumber';
import type { Language } from '../../language/index.js';
import { oneLine } from '../compose-letter.js';
import type { LetterContent } from '../letter-content.js';
import type { OfficeSnapshot } from '../office.js';
import { countryOf } from '../office-country.js';

const LONGEST_EXCERPT = 400;

/** How a supporter telephones an office. */
export interface Call {
  /** As the source has it. */
  readonly number: string;
  /** `tel:`, RFC 3966; absent where the number cannot be read as one. */
  readonly href: string | undefined;
  /** What to say, line by line: the letter's own words, and nothing beside. */
  readonly script: readonly string[];
}

/** A call to an office on a letter; undefined where no number of the office is known. */
export function callTo(
  office: Pick<OfficeSnapshot, 'phone' | 'division' | 'title' | 'name'>,
  letter: Pick<LetterContent, 'subject' | 'message' | 'statement' | 'replyTo'>,
  language: Language,
): Call | undefined {
  const number = oneLine(office.phone ?? '');
  if (number === '') return undefined;
  return {
    number,
    href: telephoneLink(number, countryOf(office)),
    script: scriptOf(office, letter, language),
  };
}

/** A number without a country code is one of the country that is given. */
export function telephoneLink(number: string, country: string | undefined): string | undefined {
  const parsed = parsePhoneNumber(number, country === undefined ? {} : { regionCode: country.toUpperCase() });
  if (parsed.possible && parsed.number !== undefined) return parsed.number.rfc3966;
  // Without a country it is dialled as it stands, which is right for whoever calls from there.
  const digits = number.replace(/[\s().\-/]/g, '');
  return /^\d{3,15}$/.test(digits) ? `tel:${digits}` : undefined;
}

function scriptOf(
  office: Pick<OfficeSnapshot, 'title' | 'name'>,
  {
    subject,
    message,
    statement,
    replyTo,
  }: Pick<LetterContent, 'subject' | 'message' | 'statement' | 'replyTo'>,
  { t, tag }: Language,
): string[] {
  const officeholder = oneLine(`${office.title} ${office.name}`);
  const words = firstSentences(message.trim() === '' ? statement : message, tag);
  return [
    t('delivery.call.hello', { name: oneLine(replyTo.name) }),
    ...(subject.trim() === '' ? [] : [t('delivery.call.about', { subject: oneLine(subject) })]),
    words,
    t('delivery.call.please', { officeholder }),
  ].filter((line) => line !== '');
}

/** As many whole sentences from the beginning as can be said in one breath; of an endless one, whole words. */
export function firstSentences(text: string, tag: string): string {
  const line = oneLine(text);
  const sentences = fitting(line, new Intl.Segmenter(tag, { granularity: 'sentence' }));
  if (sentences !== '') return sentences;
  const words = fitting(line, new Intl.Segmenter(tag, { granularity: 'word' }));
  return words === '' ? '' : `${words} …`;
}

function fitting(text: string, segmenter: Intl.Segmenter): string {
  let taken = '';
  for (const { segment } of segmenter.segment(text)) {
    if (taken.length + segment.length > LONGEST_EXCERPT) break;
    taken += segment;
  }
  return taken.trim();
}
