import type { CwcSystem } from '../../../config/index.js';
import type { Context } from '../../../context.js';
import { sql } from '../../../database/index.js';
import { LEGISLATURE_MAIL } from '../../office-routes.js';
import { verifyUrl } from '../../verify-link.js';
import type { Channel, ReadyLetter } from '../channel.js';
import { keptAnswer, type Outcome } from '../outcome.js';
import { aboutOrganisation } from './about-organisation.js';
import { CWC_CHAMBERS, type CwcChamber } from './chambers.js';
import type { CwcFacts } from './cwc-facts.js';
import { CwcClient, type CwcTimeouts } from './exchange.js';
import { outcomeOfExchange } from './interpret.js';
import { factsOfLetter } from './letter-facts.js';
import type { CwcDirectory, CwcSender } from './open-directory.js';
import { RefusedKeys } from './refused-keys.js';
import { mayAsk, userAgent, withKey } from './system-address.js';
import type { CwcValidator } from './validator.js';
import { closedUntil } from './washington-time.js';

interface CwcOptions {
  readonly directory: CwcDirectory;
  /** Only tests give it. */
  readonly timeouts?: CwcTimeouts;
}

/** The channels to the chambers that the operator switched on. The directory is the caller's, who closes it. */
export function openCwcChannels(context: Context, options: CwcOptions): readonly Channel[] {
  return LEGISLATURE_MAIL.flatMap((channel) => {
    const chamber = CWC_CHAMBERS[channel];
    const system = context.config.cwc[chamber.setting];
    return system === undefined ? [] : [new CwcChannel(context, { ...options, chamber, system })];
  });
}

interface ChannelParts extends CwcOptions {
  readonly chamber: CwcChamber;
  readonly system: CwcSystem;
}

class CwcChannel implements Channel {
  readonly name;
  readonly #context: Context;
  readonly #parts: ChannelParts;
  readonly #client: CwcClient;
  readonly #refusedKeys: RefusedKeys;
  #tools: Promise<CwcTools> | undefined;

  constructor(context: Context, parts: ChannelParts) {
    this.name = parts.chamber.channel;
    this.#context = context;
    this.#parts = parts;
    this.#client = new CwcClient(parts.timeouts);
    this.#refusedKeys = new RefusedKeys(context.clock);
  }

  needs() {
    return ['street_address', 'fields', 'prefix'] as const;
  }

  mayReach(): boolean {
    return mayAsk(this.#context.config, this.#parts.system);
  }

  closedUntil(now: Date): Date | undefined {
    return closedUntil(this.#parts.system.closed, now);
  }

  async send(letter: ReadyLetter): Promise<Outcome> {
    const { chamber, system, directory } = this.#parts;
    const { code = '' } = letter.office;
    const active = directory.isActive(chamber.channel, code);
    if (active === undefined) return notReady(`the active offices of ${chamber.title} are not known yet`);
    if (!active) return { kind: 'refused', reason: 'office_inactive', answer: notListed(chamber, code) };
    const sender = await directory.sender(letter.organisationId, chamber.channel);
    if (sender === undefined) return notReady(`the organisation has no key for ${chamber.title} that opens`);
    if (!this.#refusedKeys.mayAsk(sender.key))
      return notReady(`${chamber.title} did not let the organisation’s key in`);
    const facts = this.#factsOf(letter, sender);
    if (facts === undefined) return notValid(chamber, ['the writer’s name and address in fields']);
    const { buildCwcXml, validator } = await this.#loadTools();
    const xml = buildCwcXml(chamber, facts);
    const problems = validator.problems(chamber.channel, xml);
    if (problems.length > 0) return notValid(chamber, problems);
    const url = withKey(system.sendTo, sender.key);
    const exchange = await this.#client.ask({ url, userAgent: userAgent(this.#context.config), xml });
    const outcome = await outcomeOfExchange(exchange, {
      mode: system.mode,
      host: url.hostname,
      triedBefore: () => this.#triedBefore(letter),
      secrets: [sender.key, ...secretsOf(facts)],
      texts: [facts.statement ?? '', facts.message ?? ''],
    });
    this.#refusedKeys.note(sender.key, outcome.kind === 'paused' && outcome.senderOnly === true);
    return outcome;
  }

  breakOff(): void {
    this.#client.breakOff();
  }

  close(): void {
    this.#client.close();
    this.#tools?.then(({ validator }) => validator[Symbol.dispose]()).catch(() => undefined);
  }

  #factsOf(letter: ReadyLetter, { contactEmail, postalAddress }: CwcSender): CwcFacts | undefined {
    const { organisationId, organisationName: name, letterId, language } = letter;
    const link = verifyUrl(this.#context, organisationId, letterId);
    const about = aboutOrganisation({ name, contactEmail, postalAddress, verifyUrl: link, language });
    return factsOfLetter(letter, {
      system: this.#parts.system,
      organisation: { contactEmail, about },
    });
  }

  #loadTools(): Promise<CwcTools> {
    this.#tools ??= loadTools();
    return this.#tools;
  }

  /** The letter's own count begins anew when it is queued by hand; that of its delivery does not. */
  async #triedBefore({ organisationId, deliveryId, attempts }: ReadyLetter): Promise<boolean> {
    if (attempts > 0) return true;
    const { rows } = await sql<{ tries: number }>`
      select tries from delivery
      where organisation_id = ${organisationId} and delivery_id = ${deliveryId}`.execute(this.#context.db);
    return (rows[0]?.tries ?? 0) > 0;
  }
}

interface CwcTools {
  readonly buildCwcXml: (chamber: CwcChamber, facts: CwcFacts) => string;
  readonly validator: CwcValidator;
}

// Loaded with the first letter: together they take 80 ms, and most installations never need them.
async function loadTools(): Promise<CwcTools> {
  const [{ buildCwcXml }, { openCwcValidator }] = await Promise.all([
    import('./build-xml.js'),
    import('./validator.js'),
  ]);
  return { buildCwcXml, validator: await openCwcValidator() };
}

function notReady(why: string): Outcome {
  return { kind: 'paused', reason: 'channel_paused', answer: `Not tried: ${why}`, senderOnly: true };
}

function notListed({ title }: CwcChamber, code: string): string {
  return `Not tried: ${title} does not list the office ${code} as active`;
}

function notValid({ title }: CwcChamber, problems: readonly string[]): Outcome {
  const answer = keptAnswer(`Not tried: ${title} would not take it: ${problems.join('; ')}`);
  return { kind: 'refused', reason: 'not_valid', answer };
}

/** What an office's answer may repeat of a letter, and is not kept. */
function secretsOf({ constituent, subject }: CwcFacts): readonly string[] {
  const { firstName, lastName, address1, address2, city, zip, phone, email } = constituent;
  const all = [email, address1, address2, subject, lastName, firstName, city, zip, phone];
  return all.filter((fact) => fact !== undefined).toSorted((a, b) => b.length - a.length);
}
