import { billTypeName, isLegislatureMail, type LetterView } from '../../delivery/index.js';
import { type Fact, Facts } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { STATES } from '../../legislatures/index.js';

/** A letter as a mail system of the Congress takes it: in parts. */
export interface SentPartsView extends Required<Pick<LetterContent, 'constituent' | 'campaign'>> {
  /** By whose mail system it goes. */
  readonly chamber: string;
  readonly email: string;
  /** Whether there are own words. */
  readonly hasMessage: boolean;
  /** Whether there are words of the organisation. */
  readonly hasStatement: boolean;
}

type LetterContent = NonNullable<LetterView['content']>;

/** The parts of a letter that goes by a mail system of the Congress; `undefined` for any other. */
export function partsOf({ channel, content, office }: LetterView): SentPartsView | undefined {
  if (content?.constituent === undefined || content.campaign === undefined) return undefined;
  if (!isLegislatureMail(channel)) return undefined;
  const { constituent, campaign, replyTo, message, statement } = content;
  return {
    constituent,
    campaign,
    chamber: office.chamber.name,
    email: replyTo.email,
    hasMessage: message.trim() !== '',
    hasStatement: statement.trim() !== '',
  };
}

interface SentPartsProps {
  readonly language: Language;
  readonly site: { readonly name: string };
  readonly parts: SentPartsView;
}

/** Says that the letter goes in parts, and shows every field that goes beside its words. */
export function SentParts({ language, site, parts }: SentPartsProps) {
  const { t } = language;
  const { chamber, hasMessage, hasStatement } = parts;
  const texts = [
    t('actions.parts.subject'),
    ...(hasMessage ? [t('actions.parts.message')] : []),
    ...(hasStatement ? [t('actions.parts.statement', { organisation: site.name })] : []),
  ];
  return (
    <section class="parts">
      <h3>{t('actions.parts.title')}</h3>
      <p class="hint">{t('actions.parts.lead', { chamber, texts: language.list(texts) })}</p>
      <Facts facts={[...personFacts(language, parts), ...campaignFacts(language, parts)]} />
    </section>
  );
}

function personFacts({ t }: Language, { constituent, email }: SentPartsView): readonly Fact[] {
  const { prefix, firstName, lastName, address1, address2, city, state, zip, phone } = constituent;
  const stateName = STATES.find(({ code }) => code === state)?.name ?? state;
  const address = [address1, address2, city, stateName, zip].filter(Boolean).join(' · ');
  return [
    ...fact(t('actions.parts.prefix'), prefix),
    { name: t('actions.parts.name'), value: `${firstName} · ${lastName}` },
    { name: t('actions.parts.address'), value: address },
    ...fact(t('actions.parts.phone'), phone),
    { name: t('actions.parts.email'), value: email },
  ];
}

function campaignFacts({ t }: Language, { campaign }: SentPartsView): readonly Fact[] {
  const { topics, bill, stance, moreInfo } = campaign;
  const billWords =
    bill &&
    t('actions.parts.bill_words', {
      bill: `${billTypeName(bill.type, 'cited')} ${bill.number}`,
      congress: bill.congress,
    });
  return [
    { name: t('actions.parts.topics'), value: topics.join(' · ') },
    ...fact(t('actions.parts.bill'), billWords),
    ...fact(t('actions.parts.stance'), stance && t(`actions.parts.stance.${stance}`)),
    ...fact(t('actions.parts.more_info'), moreInfo),
  ];
}

function fact(name: string, value: string | undefined): readonly Fact[] {
  return value === undefined ? [] : [{ name, value }];
}
