import type { FormField } from '../../legislatures/index.js';
import type { OfficeSnapshot } from '../office.js';

/** What is in the letter already, or is the form's own matter. */
const IN_THE_LETTER = new Set(['message', 'subject', 'topic']);

/** What an office's web form wants of this letter. */
export interface WebForm {
  /** What it asks for beside the letter, the required ones first. */
  readonly fields: readonly Pick<FormField, 'asks' | 'required' | 'choices'>[];
  /** What the letter may be about, as the form words it; empty where it does not ask. */
  readonly topics: readonly string[];
  /** The most characters that it takes; absent where that is not known. */
  readonly longest: number | undefined;
  /** How long the letter is, counted as browsers count. */
  readonly length: number;
  /** It wants to see that a person sends it. */
  readonly captcha: boolean;
}

/** What an office's form wants of a letter with this body; undefined where nothing is known of it. */
export function webFormOf({ form }: Pick<OfficeSnapshot, 'form'>, body: string): WebForm | undefined {
  if (form === undefined) return undefined;
  const asked = form.fields.filter(({ asks }) => !IN_THE_LETTER.has(asks));
  return {
    fields: [...asked.filter(({ required }) => required), ...asked.filter(({ required }) => !required)],
    topics: form.topics,
    longest: form.longestMessage,
    length: body.length,
    captcha: form.captcha === true,
  };
}
