import type { ContactFormNeeds } from '../legislatures/index.js';
import { plainAddress } from './mail-address.js';

/** Every way to an office. A worker takes the first three; in all others the supporter takes the last step. */
export const CHANNELS = [
  'cwc_house',
  'cwc_senate',
  'smtp',
  'web_form',
  'own_mail',
  'telephone',
  'paper',
  'website',
] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** The channels by which a worker sends. */
export const SENDING_CHANNELS = ['cwc_house', 'cwc_senate', 'smtp'] as const satisfies readonly ChannelName[];
export type SendingChannel = (typeof SENDING_CHANNELS)[number];

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
  readonly phone?: string;
  /** Of the office, lines separated by line feeds. */
  readonly address?: string;
  /** What a legislature's own mail system calls the office: `HCA12`. */
  readonly code?: string;
  /** What the office's web form wants to know. */
  readonly form?: ContactFormNeeds;
  /** The office answers only to letters with a street address. */
  readonly requiresAddress?: boolean;
  /** The ways that were open when this was shown, best first; absent in letters from before there were several. */
  readonly channels?: readonly ChannelName[];
}

/** Whether a worker sends by this channel. */
export function isSending(channel: ChannelName): channel is SendingChannel {
  return SENDING_CHANNELS.some((sending) => sending === channel);
}

/** The channel that a letter to this office takes first. All but the sending ones leave the last step to the supporter. */
export function chooseChannel(office: OfficeSnapshot): ChannelName {
  return channelsOf(office)[0] ?? 'website';
}

/** The ways to an office in their order, best first. The last one serves every office: no address is guessed. */
export function channelsOf(office: OfficeSnapshot): readonly ChannelName[] {
  return office.channels ?? channelsByContacts(office);
}

/** What an office's contacts allow, where nothing more is known of it. */
export function channelsByContacts(office: OfficeSnapshot): readonly ChannelName[] {
  const { email, contactForm, website, phone, address } = office;
  const hasMail = email !== undefined && plainAddress(email) !== undefined;
  const open: Readonly<Partial<Record<ChannelName, boolean>>> = {
    smtp: hasMail,
    web_form: contactForm !== undefined,
    own_mail: hasMail,
    telephone: phone !== undefined,
    paper: address !== undefined,
    website: website !== undefined,
  };
  return CHANNELS.filter((channel) => open[channel]);
}
