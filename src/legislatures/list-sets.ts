import type { Context } from '../context.js';
import { endingOfDay } from './age.js';
import { loadLegislatures } from './legislatures.js';
import { listVersions, type StoredVersion } from './list-versions.js';
import { countSet, type SetCounts } from './set-counts.js';
import { readSnapshot } from './set-store.js';

/** One legislature, as `redress legislature list --json` tells it: the version that answers, or the newest. */
export interface ListedSet extends SetCounts {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly version: string;
  /** Null where the source does not say. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** 0 once it is past its last day; null where that is far away or not known. */
  readonly endsInDays: number | null;
  readonly live: StoredVersion['live'];
  readonly planned: StoredVersion['planned'];
  readonly edits: number;
  readonly importedAt: Date;
  /** Every stored version, the newest first. */
  readonly versions: readonly string[];
}

/** All legislatures, by id. What was edited by hand is counted as edited. */
export async function listSets(context: Context): Promise<ListedSet[]> {
  const bySet = Map.groupBy(await listVersions(context), ({ id }) => id);
  const listed: ListedSet[] = [];
  for (const versions of bySet.values()) {
    const shown = versions.find(({ live }) => live !== null) ?? versions[0];
    if (shown !== undefined) listed.push(await listSet(context, shown, versions));
  }
  return listed;
}

async function listSet(
  context: Context,
  shown: StoredVersion,
  versions: readonly StoredVersion[],
): Promise<ListedSet> {
  const { id, name, country, version, validFrom, validUntil, live, planned, edits, importedAt } = shown;
  const ending = endingOfDay(validUntil, context.clock.now());
  return {
    id,
    name,
    country,
    version,
    validFrom,
    validTo: validUntil,
    endsInDays: ending === undefined ? null : ending.ended ? 0 : ending.days,
    ...(await countsOf(context, shown)),
    live,
    planned,
    edits,
    importedAt,
    versions: versions.map((other) => other.version),
  };
}

async function countsOf(
  context: Context,
  { id, version, counts, live, edits }: StoredVersion,
): Promise<SetCounts> {
  if (live !== null && edits > 0) {
    await using legislatures = await loadLegislatures(context);
    const edited = legislatures.current(id);
    if (edited !== undefined) return countSet(edited.set);
  }
  return counts ?? countSet((await readSnapshot(context, id, version)).set);
}
