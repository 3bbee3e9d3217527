import { language } from '../../../language/index.js';
import { oneLine } from '../../compose-letter.js';

const MOST_CHARACTERS = 500;

interface AboutFacts {
  readonly name: string;
  readonly postalAddress: string;
  readonly contactEmail: string;
  readonly verifyUrl: string;
  readonly language: string;
}

/**
 * Who sent a letter for its writer, and where the office checks that it is genuine. The postal address is left out
 * where all of it would be too long: it also stands on the page that the link leads to.
 */
export function aboutOrganisation(facts: AboutFacts): string {
  const { t } = language(facts.language);
  const name = oneLine(facts.name);
  const contact = oneLine(facts.contactEmail);
  const address = facts.postalAddress.split('\n').map(oneLine).filter(Boolean).join(', ');
  const verify = t('delivery.letter.verify', { url: facts.verifyUrl });
  const whole = `${t('delivery.cwc.about', { name, address, contact })} ${verify}`;
  return [...whole].length <= MOST_CHARACTERS ? whole : verify;
}
