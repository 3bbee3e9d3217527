import type { HandOverStep } from '../../delivery/index.js';
import type { HiddenFields } from '../../design/index.js';
import type { Language } from '../../language/index.js';

/** How the supporter sends a letter themselves. */
export interface HandOverView {
  /** Every way that the office has, best first; at least one. */
  readonly steps: readonly HandOverStep[];
  /** Where "I have sent it" is posted. */
  readonly action: string;
  readonly hidden?: HiddenFields | undefined;
  /** Where the letter comes as a PDF, without the format. */
  readonly pdf: string;
}

/** A way in a few words: "By telephone". */
export function wayWords(language: Language, step: HandOverStep): string {
  return language.t(
    step.way === 'by_form' ? `actions.hand.way.by_form.${step.reach}` : `actions.hand.way.${step.way}`,
  );
}
