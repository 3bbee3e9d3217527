import { type ChannelName, channelsByContacts, type OfficeSnapshot } from './office.js';

/** The channels that are a legislature's own mail system. */
export const LEGISLATURE_MAIL = ['cwc_house', 'cwc_senate'] as const satisfies readonly ChannelName[];
export type LegislatureMail = (typeof LEGISLATURE_MAIL)[number];

/** Which offices take letters by their legislature's own mail system now; answered from memory. */
export interface LegislatureMailDirectory {
  /** Whether this organisation may send there, and the office of this code (`HCA12`, `SCA01`) is active. */
  serves(organisationId: number, channel: LegislatureMail, code: string): boolean;
}

/** Which addresses of offices were found to fail for good; answered from memory. */
export interface DeadAddresses {
  isDead(address: string): boolean;
}

interface RouteFacts {
  readonly legislatureMail: LegislatureMailDirectory;
  readonly deadAddresses: DeadAddresses;
}

/** Which ways an office has, decided once when it is shown to a supporter. */
export class OfficeRoutes {
  readonly #facts: RouteFacts;

  constructor(facts: RouteFacts = NOTHING_KNOWN) {
    this.#facts = facts;
  }

  /** The ways to an office that are open now, best first. */
  waysTo(organisationId: number, office: OfficeSnapshot): readonly ChannelName[] {
    const { legislatureMail, deadAddresses } = this.#facts;
    const { code, email } = office;
    const served = LEGISLATURE_MAIL.filter(
      (channel) => code !== undefined && legislatureMail.serves(organisationId, channel, code),
    );
    const dead = email !== undefined && deadAddresses.isDead(email);
    const contacts = channelsByContacts(office).filter((channel) => !(dead && NEEDS_ADDRESS.has(channel)));
    return [...served, ...contacts];
  }
}

const NEEDS_ADDRESS: ReadonlySet<ChannelName> = new Set(['smtp', 'own_mail']);
const NOTHING_KNOWN: RouteFacts = {
  legislatureMail: { serves: () => false },
  deadAddresses: { isDead: () => false },
};
