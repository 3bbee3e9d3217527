import { createHash } from 'node:crypto';
import type { Context } from '../../../context.js';
import { sql } from '../../../database/index.js';
import type { SourceFile } from '../../files/source-file.js';
import type { AddressRange } from './address-range.js';
import type { AddressFeatures, StreetSide } from './read-address-features.js';

const SIDES_PER_STATEMENT = 2000;

type Storing = Pick<Context, 'db' | 'clock'>;
type Transaction = Context['db'];

/** One county's addresses, as they are stored. */
export interface StoredCounty {
  /** State and county, FIPS. */
  readonly county: string;
  readonly name: string;
  readonly edition: string;
  readonly file: string;
  readonly ranges: number;
  readonly importedAt: Date;
  readonly importedBy: string;
}

export async function listCounties({ db }: Pick<Context, 'db'>): Promise<StoredCounty[]> {
  const { rows } = await sql<StoredCounty>`
    select county, name, edition, file, ranges, imported_at as "importedAt", imported_by as "importedBy"
    from street_county order by county`.execute(db);
  return rows;
}

interface StreetImport {
  readonly file: SourceFile;
  readonly features: AddressFeatures;
  /** What people call the county. */
  readonly name: string;
  readonly by: string;
  readonly onLine?: () => void;
}

export interface StreetImportOutcome {
  /** False: the same file was there already. */
  readonly changed: boolean;
  readonly ranges: number;
}

/**
 * Stores a county's addresses in the place of those that were there, in one transaction. The same file again changes
 * nothing but the name.
 */
export async function importCounty(context: Storing, request: StreetImport): Promise<StreetImportOutcome> {
  const { file, features, name, by, onLine } = request;
  const { county, edition } = features;
  const sha256 = createHash('sha256').update(file.bytes).digest();
  const now = context.clock.now();
  return context.db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`streets ${county}`}, 0))`.execute(transaction);
    const same = await sql<{ ranges: number }>`
      update street_county set name = ${name} where county = ${county} and sha256 = ${sha256}
      returning ranges`.execute(transaction);
    const [kept] = same.rows;
    if (kept !== undefined) return { changed: false, ranges: kept.ranges };
    await sql`delete from street_county where county = ${county}`.execute(transaction);
    await sql`
      insert into street_county (county, name, edition, file, sha256, ranges, imported_at, imported_by)
      values (${county}, ${name}, ${edition}, ${file.name}, ${sha256}, 0, ${now}, ${by})`.execute(
      transaction,
    );
    const ranges = await insertSides(transaction, features, onLine);
    await sql`update street_county set ranges = ${ranges} where county = ${county}`.execute(transaction);
    return { changed: true, ranges };
  });
}

async function insertSides(
  transaction: Transaction,
  features: AddressFeatures,
  onLine: (() => void) | undefined,
): Promise<number> {
  let waiting: StreetSide[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await insertRanges(transaction, features.county, waiting);
    count += waiting.length;
    waiting = [];
  };
  for await (const sides of features.sides()) {
    waiting.push(...sides);
    onLine?.();
    if (waiting.length >= SIDES_PER_STATEMENT) await flush();
  }
  await flush();
  return count;
}

async function insertRanges(
  transaction: Transaction,
  county: string,
  sides: readonly StreetSide[],
): Promise<void> {
  const rows = sides.map(({ line, ...side }) => ({ ...side, line: `{${line.join(',')}}` }));
  await sql`
    insert into street_range (county, postcode, core, street, name, side, prefix, first, last, parity, line)
    select ${county}, postcode, core, street, name, side, prefix, first, last, parity, line::integer[]
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as side (postcode text, core text, street text, name text,
      side text, prefix text, first integer, last integer, parity text, line text)`.execute(transaction);
}

export async function removeCounty({ db }: Pick<Context, 'db'>, county: string): Promise<boolean> {
  const removed = await sql`delete from street_county where county = ${county}`.execute(db);
  return removed.numAffectedRows === 1n;
}

/** A range of one street, as it is found by its postcode and its name. */
export interface FoundRange extends AddressRange {
  readonly street: string;
  readonly core: string;
  readonly name: string;
}

/** The ranges in a postcode of all streets whose names have one of these cores. */
export async function findRanges(
  { db }: Pick<Context, 'db'>,
  { postcode, cores }: { readonly postcode: string; readonly cores: readonly string[] },
): Promise<readonly FoundRange[]> {
  const { rows } = await sql<FoundRange>`
    select street, core, name, side, prefix, first, last, parity, line
    from street_range where postcode = ${postcode} and core = any(${cores}::text[])
    order by street_range_id`.execute(db);
  return rows;
}
