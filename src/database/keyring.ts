import { type KeyObject, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '../errors.js';
import type { Database } from './connect.js';
import { DataKey } from './data-key.js';
import {
  type CellPlace,
  deriveKey,
  hmac,
  KEY_BYTES,
  KEY_ID_BYTES,
  keyIdOfCell,
  openCell,
  type SealingKey,
  sealCell,
} from './seal.js';

const KEY_CHECK = { label: 'installation.key_check', rowId: 'only' };
const KEY_CHECK_TEXT = 'redress';
/** The subject of an organisation's own key: there is one. */
const THE_ORGANISATION = '00000000-0000-0000-0000-000000000000';

/** Whose data a key seals: all of one alert, or what an organisation keeps across alerts. */
export interface KeyOwner {
  readonly organisationId: number;
  readonly purpose: 'alert' | 'organisation';
  readonly subjectId: string;
}

/** The data keys, unwrapped by the master key when first needed and kept in memory. */
export class Keyring {
  readonly #db: Database;
  readonly #wrapping: SealingKey;
  readonly #links: KeyObject;
  readonly #daily: KeyObject;
  readonly #keys = new Map<string, Promise<DataKey>>();

  constructor(db: Database, masterKey: Buffer) {
    this.#db = db;
    this.#wrapping = {
      id: deriveKey(masterKey, 'master/id').export().subarray(0, KEY_ID_BYTES),
      key: deriveKey(masterKey, 'master/wrap'),
    };
    this.#links = deriveKey(masterKey, 'master/links');
    this.#daily = deriveKey(masterKey, 'master/daily');
  }

  /**
   * Checks that the master key is the one this database was sealed with; the first start records it.
   * @throws AppError `wrong_key` with one sentence for the operator.
   */
  async check(): Promise<void> {
    const { id, key } = this.#wrapping;
    const sealed = sealCell(this.#wrapping, KEY_CHECK, Buffer.from(KEY_CHECK_TEXT));
    await sql`insert into installation (master_key_id, key_check) values (${id}, ${sealed})
      on conflict do nothing`.execute(this.#db);
    const { rows } = await sql<{ master_key_id: Buffer; key_check: Buffer }>`
      select master_key_id, key_check from installation`.execute(this.#db);
    const row = rows[0];
    if (
      row?.master_key_id.equals(id) &&
      openCell(key, KEY_CHECK, row.key_check).toString() === KEY_CHECK_TEXT
    )
      return;
    throw new AppError('wrong_key', {
      detail: `The master key is not the one this data was sealed with (it has the id ${id.toString('hex')}, the data wants ${row?.master_key_id.toString('hex')}). Put back the right key file, or start with another data folder.`,
    });
  }

  /** Makes a data key for an owner that has none. Give the transaction in which the owner's row is made. */
  async createKey(db: Database, owner: KeyOwner): Promise<Buffer> {
    const id = randomBytes(KEY_ID_BYTES);
    const wrapped = sealCell(this.#wrapping, wrappedPlace(owner.organisationId, id), randomBytes(KEY_BYTES));
    await sql`
      insert into data_key (organisation_id, key_id, purpose, subject_id, master_key_id, wrapped)
      values (${owner.organisationId}, ${id}, ${owner.purpose}, ${owner.subjectId}, ${this.#wrapping.id}, ${wrapped})
    `.execute(db);
    return id;
  }

  /** The key of what an organisation keeps across alerts; made when it is first needed. */
  async keyOfOrganisation(organisationId: number): Promise<DataKey> {
    const owner = { organisationId, purpose: 'organisation', subjectId: THE_ORGANISATION } as const;
    const known = await this.#findKey(owner);
    if (known !== undefined) return this.key(organisationId, known);
    const made = await this.createKey(this.#db, owner).catch(async (error: unknown) => {
      // Another process may have been faster.
      const others = await this.#findKey(owner);
      if (others === undefined) throw error;
      return others;
    });
    return this.key(organisationId, made);
  }

  async #findKey({ organisationId, purpose, subjectId }: KeyOwner): Promise<Buffer | undefined> {
    const { rows } = await sql<{ keyId: Buffer }>`
      select key_id as "keyId" from data_key
      where organisation_id = ${organisationId} and purpose = ${purpose} and subject_id = ${subjectId}
    `.execute(this.#db);
    return rows[0]?.keyId;
  }

  /** @throws AppError `gone` when the key was destroyed. */
  key(organisationId: number, keyId: Buffer): Promise<DataKey> {
    const name = `${organisationId}/${keyId.toString('hex')}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = this.#unwrap(organisationId, keyId);
    this.#keys.set(name, key);
    key.catch(() => this.#keys.delete(name));
    return key;
  }

  async #unwrap(organisationId: number, keyId: Buffer): Promise<DataKey> {
    const { rows } = await sql<{ wrapped: Buffer }>`
      select wrapped from data_key where organisation_id = ${organisationId} and key_id = ${keyId}
    `.execute(this.#db);
    const wrapped = rows[0]?.wrapped;
    if (wrapped === undefined) throw new AppError('gone', { detail: 'the data key is not in the keyring' });
    const place = wrappedPlace(organisationId, keyId);
    return new DataKey(keyId, openCell(this.#wrapping.key, place, wrapped));
  }

  /** Opens any sealed cell of an organisation by the key id that it carries. */
  async open(organisationId: number, place: CellPlace, cell: Buffer): Promise<unknown> {
    return (await this.key(organisationId, Buffer.from(keyIdOfCell(cell)))).open(place, cell);
  }

  /** A MAC for links and forms; the purpose keeps a token of one kind from serving as another. */
  macLink(purpose: string, text: string): Buffer {
    return hmac(this.#links, `${purpose}\n${text}`);
  }

  /** A fingerprint of an address or a network that cannot be compared between days. */
  tagForDay(day: string, kind: 'address' | 'network', text: string): Buffer {
    return hmac(this.#daily, `${day}\n${kind}\n${text}`);
  }
}

function wrappedPlace(organisationId: number, keyId: Buffer): CellPlace {
  return { label: 'data_key.wrapped', rowId: `${organisationId}/${keyId.toString('hex')}` };
}
