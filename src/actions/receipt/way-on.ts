import { type HandOverStep, handOverSteps, type LetterView } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';

/** Whether the supporter of a letter that failed knows from its receipt how to send it: by a page, a number, on paper. */
export function hasWayOn(letter: LetterView, language: Language): boolean {
  return letter.state === 'waiting' || handOverSteps(letter, language).some(leadsSomewhere);
}

function leadsSomewhere(step: HandOverStep): boolean {
  if (step.way === 'by_form') return step.address !== undefined;
  return step.way !== 'by_own_mail' || !step.failedBefore;
}
