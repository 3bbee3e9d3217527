import type { BillType } from '../../../alerts/index.js';
import type { BillNaming } from '../../../config/index.js';
import type { LegislatureMail } from '../../office-routes.js';

/** What is different between the letters to one chamber and the other. */
export interface CwcChamber {
  readonly channel: LegislatureMail;
  /** The chamber's settings in the configuration. */
  readonly setting: 'house' | 'senate';
  /** As sentences name it: "the House of Representatives". */
  readonly title: string;
  /** What its offices are called: `HCA12`, `SCA01`. */
  readonly officeCode: RegExp;
  /** The only ones that it takes. */
  readonly prefixes: readonly string[];
  readonly schemaFile: string;
  /** Where `MoreInfo` stands: the House's sample has it after the texts, the Senate's vendors before them. */
  readonly moreInfo: 'before_texts' | 'after_texts';
}

const SENATE_PREFIXES = ['Mr.', 'Mrs.', 'Miss', 'Ms.', 'Dr.'] as const;

/** Both chambers, by channel. */
export const CWC_CHAMBERS: Readonly<Record<LegislatureMail, CwcChamber>> = {
  cwc_house: {
    channel: 'cwc_house',
    setting: 'house',
    title: 'the House of Representatives',
    officeCode: /^H[A-Z]{2}\d{2}$/,
    prefixes: [
      ...SENATE_PREFIXES,
      'Mr. and Mrs.',
      'Dr. and Mrs.',
      'Dr. and Mr.',
      'Admiral',
      'Captain',
      'Chief Master Sergeant',
      'Colonel',
      'Commander',
      'Corporal',
      'Father',
      'Lieutenant',
      'Lieutenant Colonel',
      'Master Sergeant',
      'Reverend',
      'Sergeant',
      'Second Lieutenant',
      'Sergeant Major',
      'Sister',
      'Technical Sergeant',
    ],
    schemaFile: 'house.rng',
    moreInfo: 'after_texts',
  },
  cwc_senate: {
    channel: 'cwc_senate',
    setting: 'senate',
    title: 'the Senate',
    officeCode: /^S[A-Z]{2}0[1-3]$/,
    prefixes: SENATE_PREFIXES,
    schemaFile: 'senate.rng',
    moreInfo: 'before_texts',
  },
};

/** How long the texts of a letter may be, in characters of Unicode, a text's final line feed among them. */
export const CWC_TEXT_LIMITS = {
  subject: { least: 6, most: 500 },
  /** Of the organisation's statement, and of the supporter's words. */
  text: { least: 6, most: 10_000 },
} as const;

/** `H.Con.Res` has no final dot. */
const CITED: Readonly<Record<BillType, string>> = {
  hr: 'H.R.',
  hres: 'H.Res.',
  hjres: 'H.J.Res.',
  hconres: 'H.Con.Res',
  hamdt: 'H.Amdt.',
  s: 'S.',
  sres: 'S.Res.',
  sjres: 'S.J.Res.',
  sconres: 'S.Con.Res.',
  samdt: 'S.Amdt.',
};

/** The kind of a bill as the chamber wants it. */
export function billTypeName(type: BillType, naming: BillNaming): string {
  return naming === 'cited' ? CITED[type] : type;
}
