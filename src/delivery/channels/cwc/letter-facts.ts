import type { CwcSystem } from '../../../config/index.js';
import { oneLine } from '../../compose-letter.js';
import type { ConstituentFacts } from '../../constituent.js';
import type { ReadyLetter } from '../channel.js';
import { campaignId } from './campaign-id.js';
import type { CwcFacts } from './cwc-facts.js';
import { washingtonDay } from './washington-time.js';

const LEAST_LINE = 2;
const LEAST_NAME = 3;

/** Who sends, beside the letter. */
interface Sending {
  readonly system: CwcSystem;
  readonly organisation: { readonly contactEmail: string; readonly about: string };
}

/**
 * What a letter says in CWC; `undefined` where it was written without the facts that a chamber demands. Nothing is
 * filled in: the message is the supporter's, the statement the organisation's, each where there is one.
 */
export function factsOfLetter(letter: ReadyLetter, { system, organisation }: Sending): CwcFacts | undefined {
  const { office, content, deliveryId, deliveryCreatedAt, organisationId, organisationName } = letter;
  const { constituent, campaign, subject, statement, message } = content;
  if (constituent === undefined || campaign === undefined || office.code === undefined) return undefined;
  const { topics, bill, stance, moreInfo } = campaign;
  const name = oneLine(organisationName);
  return {
    deliveryId: deliveryId.replaceAll('-', ''),
    date: washingtonDay(deliveryCreatedAt),
    agent: system.agent,
    organisation: {
      ...(name.length >= LEAST_NAME && { name }),
      contact: { email: organisation.contactEmail },
      about: organisation.about,
    },
    campaignId: campaignId(organisationId, campaign),
    officeCode: office.code,
    constituent: { ...onOneLine(constituent), email: content.replyTo.email },
    subject: oneLine(subject),
    topics,
    billNaming: system.bills,
    ...(bill && { bills: [bill] }),
    ...(stance && { stance }),
    ...(hasText(statement) && { statement }),
    ...(hasText(message) && { message }),
    ...(moreInfo && { moreInfo }),
  };
}

/** Each fact on one line. CWC takes no second line of one character: it goes to the end of the first. */
function onOneLine(facts: ConstituentFacts): ConstituentFacts {
  const { prefix, phone } = facts;
  const address1 = oneLine(facts.address1);
  const address2 = oneLine(facts.address2 ?? '');
  const ownLine = [...address2].length >= LEAST_LINE;
  return {
    ...(prefix && { prefix }),
    firstName: oneLine(facts.firstName),
    lastName: oneLine(facts.lastName),
    address1: ownLine ? address1 : `${address1} ${address2}`.trim(),
    ...(ownLine && { address2 }),
    city: oneLine(facts.city),
    state: facts.state,
    zip: facts.zip,
    ...(phone && { phone }),
  };
}

function hasText(text: string): boolean {
  return text.trim() !== '';
}
