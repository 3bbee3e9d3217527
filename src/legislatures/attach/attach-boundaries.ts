import type { Feature } from 'geojson';
import { openProgress } from '../files/progress.js';
import { readSourceFile, recordOf, refuseFile, type SourceFile } from '../files/source-file.js';
import { addSources } from '../imports/carry-over.js';
import { type ReadSet, type StatedFacts, statedSource } from '../imports/read-set.js';
import type { Boundary, Division, DivisionId, LegislatureSet } from '../model.js';
import { BoundaryReader } from '../places/read-boundaries.js';
import { DivisionMatcher, type MatchOptions } from './match-divisions.js';
import { readFeatures } from './read-features.js';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_NAMED = 5;

interface AttachOptions extends MatchOptions {
  readonly path: string;
  readonly facts: StatedFacts;
}

/**
 * Gives the divisions of a set the lines in a file. Every area in the file must be of a division of the set; a
 * division may have several areas.
 * @throws AppError `invalid_file` that names the areas of no division.
 */
export async function attachBoundaries(set: LegislatureSet, options: AttachOptions): Promise<ReadSet> {
  const { path, facts } = options;
  const file = await readSourceFile(path, MOST_BYTES);
  const boundaries = matchAll(file, set, { features: await readFeatures(file), options });
  const divisions = set.divisions.map((division): Division => {
    const boundary = boundaries.get(division.id);
    return boundary === undefined ? division : { ...division, boundary };
  });
  const source = statedSource({ title: file.name, part: 'boundaries', licence: '', address: '' }, facts);
  return {
    set: { ...set, divisions, sources: addSources(set.sources, [source]) },
    files: [recordOf(file)],
    notes: withoutLines({ ...set, divisions }),
  };
}

interface Matching {
  readonly features: readonly Feature[];
  readonly options: MatchOptions;
}

function matchAll(
  file: SourceFile,
  set: LegislatureSet,
  { features, options }: Matching,
): Map<DivisionId, Boundary> {
  using progress = openProgress('areas');
  const matcher = new DivisionMatcher(set, options);
  const reader = new BoundaryReader(file);
  const boundaries = new Map<DivisionId, Boundary[number][]>();
  const strangers: string[] = [];
  features.forEach(({ properties, geometry }, index) => {
    const match = matcher.match(properties ?? {});
    if (match.kind === 'division') {
      const { id } = match.division;
      const boundary = boundaries.get(id) ?? [];
      for (const polygon of reader.read(id, geometry)) boundary.push(polygon);
      boundaries.set(id, boundary);
    } else if (match.kind === 'several') {
      const ids = match.divisions.slice(0, MOST_NAMED).map(({ id }) => id);
      refuseFile(
        file.name,
        `"${match.named}" may be ${ids.join(' or ')}; name the --chamber or the property (--match)`,
      );
    } else if (match.kind === 'none') {
      strangers.push(match.named || `area ${index + 1}, without a name`);
    }
    progress.at(index + 1, features.length);
  });
  refuseStrangers(file, set, strangers);
  if (boundaries.size === 0) refuseFile(file.name, 'there is no area in it');
  return boundaries;
}

function refuseStrangers(file: SourceFile, set: LegislatureSet, strangers: readonly string[]): void {
  if (strangers.length === 0) return;
  const some = strangers.slice(0, MOST_NAMED).map((name) => `"${name.slice(0, 80)}"`);
  const more = strangers.length > some.length ? `, and ${strangers.length - some.length} more` : '';
  refuseFile(
    file.name,
    `${set.id} has no division for ${some.join(', ')}${more}; --match PROPERTY says where its name is`,
  );
}

function withoutLines({ divisions, seats }: LegislatureSet): string[] {
  const outer = new Set(divisions.map(({ parent }) => parent));
  const electing = new Set(seats.map(({ division }) => division));
  const bare = divisions.filter(
    ({ id, boundary }) => boundary === undefined && electing.has(id) && !outer.has(id),
  );
  if (bare.length === 0) return [];
  const some = bare.slice(0, MOST_NAMED).map(({ name }) => name);
  return [
    `${bare.length} divisions have no lines: ${some.join(', ')}${bare.length > some.length ? ', …' : ''}.`,
  ];
}
