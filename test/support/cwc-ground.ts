import type { Context } from '../../src/context.js';
import { newId, sql } from '../../src/database/index.js';
import type { Channel, ReadyLetter } from '../../src/delivery/channels/channel.js';
import { setChannelKey } from '../../src/delivery/channels/cwc/channel-keys.js';
import { type CwcTimeouts, openCwcChannels } from '../../src/delivery/channels/cwc/index.js';
import {
  type CwcDirectory,
  openCwcDirectory,
  refreshActiveOffices,
  startWorker,
} from '../../src/delivery/index.js';
import type { OfficeSnapshot } from '../../src/delivery/office.js';
import type { LegislatureMail } from '../../src/delivery/office-routes.js';
import { type DeliveryGround, openDeliveryGround } from './delivery-ground.js';

export const KEY = 'a-key/of+the&lanternists';

/** Who delivers, as the settings have it. */
export const AGENT_VARIABLES = {
  REDRESS_CWC_AGENT: 'Redress Test Agent',
  REDRESS_CWC_ACK_EMAIL: 'ack@agent.example',
  REDRESS_CWC_CONTACT_NAME: 'Jo Tester',
  REDRESS_CWC_CONTACT_EMAIL: 'jo@agent.example',
  REDRESS_CWC_CONTACT_PHONE: '202-555-0100',
};

/** Settings that take this server for both chambers. */
export function cwcVariables(url: string, mode: 'test' | 'production' | 'validate' = 'production') {
  return {
    ...AGENT_VARIABLES,
    REDRESS_CWC_HOUSE: mode,
    REDRESS_CWC_HOUSE_URL: url,
    REDRESS_CWC_SENATE: mode === 'validate' ? 'test' : mode,
    REDRESS_CWC_SENATE_URL: `${url}/api/${mode === 'production' ? 'production' : 'testing'}-messages/`,
  };
}

/** An organisation with keys for both chambers, and the channels that a worker would open. */
export interface CwcGround extends AsyncDisposable {
  readonly ground: DeliveryGround;
  readonly context: Context;
  readonly directory: CwcDirectory;
  channel(name: LegislatureMail): Channel;
}

interface CwcGroundOptions {
  /** One that is there already: then these settings hold for a second context on it. */
  readonly ground?: DeliveryGround;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeouts?: CwcTimeouts;
}

export async function openCwcGround(options: CwcGroundOptions): Promise<CwcGround> {
  const { variables, timeouts } = options;
  await using stack = new AsyncDisposableStack();
  const ground = options.ground ?? stack.use(await openDeliveryGround(variables));
  const context =
    options.ground === undefined ? ground.context : stack.use(await ground.openAgain(variables));
  const directory = stack.use(await openDirectoryWithKeys(context, ground));
  const channels = openCwcChannels(context, { directory, ...(timeouts && { timeouts }) });
  for (const channel of channels) stack.defer(() => channel.close());
  const opened = stack.move();
  return {
    ground,
    context,
    directory,
    channel(name) {
      const channel = channels.find((each) => each.name === name);
      if (channel === undefined) throw new Error(`no channel ${name}`);
      return channel;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const OFFICE: OfficeSnapshot = {
  name: 'Mira Quell',
  title: 'Representative',
  chamber: { id: 'house', name: 'House of Representatives' },
  division: { id: 'ocd-division/country:us/state:va/cd:4', name: 'Virginia’s 4th' },
  code: 'HVA04',
};

/** A letter as a worker hands it to a channel. */
export function readyLetter(ground: DeliveryGround, changes: Partial<ReadyLetter> = {}): ReadyLetter {
  const code = changes.office?.code ?? OFFICE.code ?? '';
  const channel = code.startsWith('S') ? 'cwc_senate' : 'cwc_house';
  return {
    organisationId: ground.organisationId,
    letterId: newId(),
    organisationName: 'The Lanternists',
    channel,
    lane: `${channel}:${code}`,
    officeFailing: false,
    office: OFFICE,
    language: 'en',
    sha256: Buffer.alloc(32),
    attempts: 0,
    firstTriedAt: null,
    deliveryId: newId(),
    messageId: '',
    deliveryCreatedAt: ground.clock.now(),
    content: letterContent(),
    ...changes,
  };
}

/** The same to another office. */
export function toOffice(code: string): Pick<ReadyLetter, 'office'> {
  return { office: { ...OFFICE, code } };
}

export function letterContent(changes: Partial<ReadyLetter['content']> = {}): ReadyLetter['content'] {
  return {
    subject: 'Keep the quays open',
    statement: 'The quays belong to everybody.\n',
    message: 'I walk there every day & night.\n',
    body: 'Dear Representative Mira Quell,\n',
    replyTo: { name: 'Jane Doe', email: 'jane@supporter.example' },
    constituent: {
      prefix: 'Ms.',
      firstName: 'Jane',
      lastName: 'Doe',
      address1: '1100 Quay Street',
      city: 'Arlington',
      state: 'VA',
      zip: '23233',
    },
    campaign: { campaign: 'the-alert', topics: ['Transportation and Public Works'] },
    ...changes,
  };
}

/** Writes the delivery of a letter that was tried so often, whose letter stands in the database. */
export async function noteTries(ground: DeliveryGround, letterId: string, tries: number): Promise<string> {
  const deliveryId = newId();
  await sql`
    insert into delivery (organisation_id, delivery_id, letter_id, channel, message_id, tries, created_at)
    values (${ground.organisationId}, ${deliveryId}, ${letterId}, 'cwc_house', ${deliveryId}, ${tries},
      ${ground.clock.now()})`.execute(ground.context.db);
  return deliveryId;
}

/** A worker that sends by both chambers' systems too, as `redress work` starts one. */
export async function startCwcWorker(context: Context, ground: DeliveryGround): Promise<AsyncDisposable> {
  const cwc = await openDirectoryWithKeys(context, ground);
  const worker = startWorker(context, { cwc, renderMail: async () => undefined });
  return {
    async [Symbol.asyncDispose]() {
      await worker.stop();
      await cwc[Symbol.asyncDispose]();
    },
  };
}

async function openDirectoryWithKeys(
  context: Context,
  { organisationId }: DeliveryGround,
): Promise<CwcDirectory> {
  for (const channel of ['cwc_house', 'cwc_senate'] as const)
    await setChannelKey(context, { organisationId, channel, by: 'test', key: KEY });
  await refreshActiveOffices(context);
  return openCwcDirectory(context);
}
