import type { Context } from '../../../context.js';
import type { LegislatureMail, LegislatureMailDirectory } from '../../office-routes.js';
import { type OfficeList, readOfficeLists } from './active-offices.js';
import { CWC_CHAMBERS } from './chambers.js';
import { openChannelKey, readChannelKeys, type SealedKey } from './channel-keys.js';
import { CWC_CHANNEL } from './cwc-changes.js';

/** Notices can be missed; then a process is behind for no longer than this. */
const CHECK_EVERY_MS = 60_000;

/** What a sender needs of its organisation: the key is open. */
export interface CwcSender {
  readonly key: string;
  readonly contactEmail: string;
  /** Lines separated by line feeds. */
  readonly postalAddress: string;
}

/** Which offices take letters by CWC, and the keys of those who send them; in memory. */
export interface CwcDirectory extends LegislatureMailDirectory, AsyncDisposable {
  /** Whether an office is on its chamber's list; `undefined` where there is no list yet. */
  isActive(channel: LegislatureMail, code: string): boolean | undefined;
  /** `undefined` where the organisation has no key for the channel, or none that opens. */
  sender(organisationId: number, channel: LegislatureMail): Promise<CwcSender | undefined>;
  /** Takes over what changed in the database now. */
  refresh(): Promise<void>;
}

type Loading = Pick<Context, 'config' | 'db' | 'log' | 'keyring' | 'listener'>;

/** Loads keys and lists, and keeps them current: at each notice from the database, and every minute. */
export async function openCwcDirectory(context: Loading): Promise<CwcDirectory> {
  const directory = new MemoryDirectory(context);
  await context.listener.listen(CWC_CHANNEL, () => directory.refreshSoon());
  await directory.refresh();
  return directory;
}

class MemoryDirectory implements CwcDirectory {
  readonly #context: Loading;
  readonly #timer: NodeJS.Timeout;
  readonly #opened = new Map<string, Promise<string>>();
  #keys: ReadonlyMap<string, SealedKey> = new Map();
  #codes: ReadonlyMap<LegislatureMail, ReadonlySet<string>> = new Map();
  #refreshing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(context: Loading) {
    this.#context = context;
    this.#timer = setInterval(() => this.refreshSoon(), CHECK_EVERY_MS).unref();
  }

  serves(organisationId: number, channel: LegislatureMail, code: string): boolean {
    return this.#keys.has(nameOf(organisationId, channel)) && this.isActive(channel, code) === true;
  }

  isActive(channel: LegislatureMail, code: string): boolean | undefined {
    const { setting, officeCode } = CWC_CHAMBERS[channel];
    const system = this.#context.config.cwc[setting];
    if (system === undefined) return undefined;
    if (!officeCode.test(code)) return false;
    return system.officesAt === undefined ? true : this.#codes.get(channel)?.has(code);
  }

  async sender(organisationId: number, channel: LegislatureMail): Promise<CwcSender | undefined> {
    const sealed = this.#keys.get(nameOf(organisationId, channel));
    if (sealed === undefined) return undefined;
    const opening = this.#opened.get(sealed.keyId) ?? openChannelKey(this.#context, sealed);
    this.#opened.set(sealed.keyId, opening);
    opening.catch(() => this.#opened.delete(sealed.keyId));
    const { contactEmail, postalAddress } = sealed;
    // A key that does not open says nothing of the letter: it must not be refused as if its text were gone.
    const key = await opening.catch(() => undefined);
    return key === undefined ? undefined : { key, contactEmail, postalAddress };
  }

  /** One after the other, so that an older answer never overwrites a newer one. */
  refresh(): Promise<void> {
    const next = this.#refreshing.then(() => this.#load());
    this.#refreshing = next.catch(() => undefined);
    return next;
  }

  refreshSoon(): void {
    if (this.#closed) return;
    this.refresh().catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'who takes letters by CWC could not be refreshed');
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#refreshing;
  }

  async #load(): Promise<void> {
    const keys = await readChannelKeys(this.#context);
    const lists = await readOfficeLists(this.#context);
    this.#keys = new Map(keys.map((key) => [nameOf(key.organisationId, key.channel), key]));
    const inUse = new Set(keys.map(({ keyId }) => keyId));
    for (const keyId of this.#opened.keys()) if (!inUse.has(keyId)) this.#opened.delete(keyId);
    this.#codes = new Map(
      lists.filter((list) => this.#isAsked(list)).map(({ channel, codes }) => [channel, new Set(codes)]),
    );
  }

  #isAsked({ channel, source, fetchedAt }: OfficeList): boolean {
    const system = this.#context.config.cwc[CWC_CHAMBERS[channel].setting];
    return fetchedAt !== null && system?.officesAt === source;
  }
}

function nameOf(organisationId: number, channel: LegislatureMail): string {
  return `${organisationId}/${channel}`;
}
