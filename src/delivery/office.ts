import { plainAddress } from './mail-address.js';

/** The office as it was shown to the supporter; kept with the letter (`letter.office`). */
export interface OfficeSnapshot {
  readonly name: string;
  /** As a salutation has it: "Senator"; may be empty. */
  readonly title: string;
  readonly chamber: { readonly id: string; readonly name: string };
  readonly division: { readonly id: string; readonly name: string };
  readonly party?: string;
  readonly email?: string;
  readonly contactForm?: string;
  readonly website?: string;
  /** The office answers only to letters with a street address. */
  readonly requiresAddress?: boolean;
}

export type ChannelName = 'smtp' | 'web_form' | 'website';

interface ChannelRule {
  readonly name: ChannelName;
  canServe(office: OfficeSnapshot): boolean;
}

/** The ways to an office, best first. The last one serves every office: no address is guessed. */
const CHANNELS: readonly ChannelRule[] = [
  { name: 'smtp', canServe: ({ email }) => email !== undefined && plainAddress(email) !== undefined },
  { name: 'web_form', canServe: ({ contactForm }) => contactForm !== undefined },
  { name: 'website', canServe: () => true },
];

/** The channel that a letter to this office takes. All but `smtp` leave the last step to the supporter. */
export function chooseChannel(office: OfficeSnapshot): ChannelName {
  return CHANNELS.find((channel) => channel.canServe(office))?.name ?? 'website';
}
