import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import type { Bill } from '../../../alerts/index.js';
import { billTypeName, type CwcChamber } from './chambers.js';
import type { CwcFacts } from './cwc-facts.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** An element with its text, or with those inside it. */
type Part = readonly [name: string, content: string | readonly Part[]];

/**
 * A letter in CWC 2.0, in UTF-8, one tag on a line, in the order of the chambers' documentation. The texts have been
 * taken in by `takeText`, the others have one line. Element names: public descriptions of CWC, see docs/cwc.md.
 */
export function buildCwcXml(chamber: CwcChamber, facts: CwcFacts): string {
  using document = XmlDocument.create();
  append(document.createRoot('CWC'), [
    ['CWCVersion', '2.0'],
    ['Delivery', deliveryParts(facts)],
    ['Recipient', recipientParts(facts)],
    ['Constituent', constituentParts(facts)],
    ['Message', messageParts(chamber, facts)],
  ]);
  return DECLARATION + document.toString({ format: true, noDeclaration: true });
}

function append(parent: XmlElement, parts: readonly Part[]): void {
  for (const [name, content] of parts) {
    const element = parent.addElement(name);
    if (typeof content === 'string') element.addText(content);
    else append(element, content);
  }
}

function deliveryParts({ deliveryId, date, agent, organisation, campaignId }: CwcFacts): readonly Part[] {
  const { name, contact, about } = organisation;
  const contactParts = contactOf('OrganizationContact', contact ?? {});
  return [
    ['DeliveryId', deliveryId],
    ['DeliveryDate', date],
    ['DeliveryAgent', agent.name],
    ['DeliveryAgentAckEmailAddress', agent.ackEmail],
    ['DeliveryAgentContact', contactOf('DeliveryAgentContact', agent.contact)],
    ...optional('Organization', name),
    ...(contactParts.length > 0 ? [['OrganizationContact', contactParts] as const] : []),
    ...optional('OrganizationAbout', about),
    ['CampaignId', campaignId],
  ];
}

function contactOf(
  prefix: string,
  { name, email, phone }: { readonly name?: string; readonly email?: string; readonly phone?: string },
): readonly Part[] {
  return [
    ...optional(`${prefix}Name`, name),
    ...optional(`${prefix}Email`, email),
    ...optional(`${prefix}Phone`, phone),
  ];
}

function recipientParts({ officeCode, responseRequested, newsletterOptIn }: CwcFacts): readonly Part[] {
  return [
    ['MemberOffice', officeCode],
    ...optional('IsResponseRequested', yesOrNo(responseRequested)),
    ...optional('NewsletterOptIn', yesOrNo(newsletterOptIn)),
  ];
}

function constituentParts({ constituent }: CwcFacts): readonly Part[] {
  return [
    ...optional('Prefix', constituent.prefix),
    ['FirstName', constituent.firstName],
    ...optional('MiddleName', constituent.middleName),
    ['LastName', constituent.lastName],
    ...optional('Suffix', constituent.suffix),
    ...optional('Title', constituent.title),
    ...optional('ConstituentOrganization', constituent.organisation),
    ['Address1', constituent.address1],
    ...optional('Address2', constituent.address2),
    ['City', constituent.city],
    ['StateAbbreviation', constituent.state],
    ['Zip', constituent.zip],
    ...optional('Phone', constituent.phone),
    ...optional('AddressValidation', yesOrNo(constituent.addressValidated)),
    ['Email', constituent.email],
    ...optional('EmailValidation', yesOrNo(constituent.emailValidated)),
  ];
}

function messageParts({ moreInfo }: CwcChamber, facts: CwcFacts): readonly Part[] {
  const { subject, topics, bills = [], stance, statement, message } = facts;
  const link = optional('MoreInfo', facts.moreInfo);
  return [
    ['Subject', subject],
    ['LibraryOfCongressTopics', topics.map((topic) => ['LibraryOfCongressTopic', topic] as const)],
    ...(bills.length > 0 ? [['Bills', bills.map((bill) => billPart(bill, facts))] as const] : []),
    ...optional('ProOrCon', stance && (stance === 'pro' ? 'Pro' : 'Con')),
    ...(moreInfo === 'before_texts' ? link : []),
    ...optional('OrganizationStatement', statement),
    ...optional('ConstituentMessage', message),
    ...(moreInfo === 'after_texts' ? link : []),
  ];
}

function billPart({ congress, type, number }: Bill, { billNaming }: CwcFacts): Part {
  const parts: readonly Part[] = [
    ['BillCongress', String(congress)],
    ['BillTypeAbbreviation', billTypeName(type, billNaming)],
    ['BillNumber', String(number)],
  ];
  return ['Bill', parts];
}

function optional(name: string, text: string | undefined): readonly Part[] {
  return text === undefined ? [] : [[name, text]];
}

function yesOrNo(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? 'Y' : 'N';
}
