import { IntlMessageFormat } from 'intl-messageformat';
import { english } from './messages/en/index.js';
import { pseudo } from './pseudo.js';

export type MessageKey = keyof typeof english;
export type MessageParameters = Readonly<Record<string, string | number | Date>>;
type Moment = 'date' | 'time' | 'datetime';

const DEFAULT_LANGUAGE = 'en';
const PSEUDO_RIGHT_TO_LEFT = 'ar-XB';

/** One language of the pages and mails. */
export interface Language {
  /** BCP 47, for the `lang` attribute. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  t(key: MessageKey, parameters?: MessageParameters): string;
  /** In UTC: the server knows no person's time zone, and says so where it matters. */
  date(moment: Date, style?: Moment): string;
  number(value: number): string;
  /** "A, B and C". */
  list(items: readonly string[]): string;
  compare(a: string, b: string): number;
}

const MOMENTS: Readonly<Record<Moment, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'long', timeZone: 'UTC' },
  time: { timeStyle: 'short', timeZone: 'UTC' },
  datetime: {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  },
};

function makeLanguage(tag: string, formatTag: string, adapt: (message: string) => string): Language {
  const messages = new Map<MessageKey, IntlMessageFormat>();
  const moments = new Map<Moment, Intl.DateTimeFormat>();
  const numbers = new Intl.NumberFormat(formatTag);
  const lists = new Intl.ListFormat(formatTag, { type: 'conjunction' });
  const collator = new Intl.Collator(formatTag, { numeric: true });
  return {
    tag,
    direction: tag === PSEUDO_RIGHT_TO_LEFT ? 'rtl' : 'ltr',
    t(key, parameters) {
      let format = messages.get(key);
      if (format === undefined) {
        format = new IntlMessageFormat(adapt(english[key]), formatTag, undefined, { ignoreTag: true });
        messages.set(key, format);
      }
      return String(format.format(parameters as Record<string, string | number | Date> | undefined));
    },
    date(moment, style = 'date') {
      let format = moments.get(style);
      if (format === undefined) {
        format = new Intl.DateTimeFormat(formatTag, MOMENTS[style]);
        moments.set(style, format);
      }
      return format.format(moment);
    },
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
    compare: (a, b) => collator.compare(a, b),
  };
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  [DEFAULT_LANGUAGE]: makeLanguage(DEFAULT_LANGUAGE, 'en-GB', (message) => message),
  [PSEUDO_RIGHT_TO_LEFT]: makeLanguage(PSEUDO_RIGHT_TO_LEFT, 'en-GB', pseudo),
};

/** The languages with a catalogue, by tag. */
export const languageTags: readonly string[] = Object.keys(LANGUAGES);

/** The language of a tag; English where there is no catalogue for it. */
export function language(tag: string): Language {
  const found = LANGUAGES[Object.hasOwn(LANGUAGES, tag) ? tag : DEFAULT_LANGUAGE];
  if (found === undefined) throw new Error('the English catalogue is missing');
  return found;
}
