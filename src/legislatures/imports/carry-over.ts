import type { Division, LegislatureSet, PostcodeTable, Source } from '../model.js';

/**
 * Files of people have neither lines nor postcodes: those that were imported before stay with the divisions that are
 * still there.
 */
export function carryOver(before: LegislatureSet | undefined, after: LegislatureSet): LegislatureSet {
  if (before === undefined) return after;
  const old = new Map(before.divisions.map((division) => [division.id, division]));
  const divisions = after.divisions.map((division) => withBoundary(division, old.get(division.id)));
  const lines = divisions.some(({ boundary }, index) => boundary !== after.divisions[index]?.boundary);
  const postcodes = after.postcodes.entries.size > 0 ? after.postcodes : keepPostcodes(before, divisions);
  const kept = before.sources.filter(({ part }) =>
    part === 'boundaries'
      ? lines
      : part === 'postcodes' && postcodes.entries.size > 0 && postcodes !== after.postcodes,
  );
  return { ...after, divisions, postcodes, sources: addSources(after.sources, kept) };
}

function withBoundary(division: Division, old: Division | undefined): Division {
  if (division.boundary !== undefined || old?.boundary === undefined) return division;
  return { ...division, boundary: old.boundary };
}

function keepPostcodes({ postcodes }: LegislatureSet, divisions: readonly Division[]): PostcodeTable {
  const known = new Set(divisions.map(({ id }) => id));
  const entries = new Map<string, readonly string[]>();
  for (const [postcode, ids] of postcodes.entries) {
    const kept = ids.every((id) => known.has(id)) ? ids : ids.filter((id) => known.has(id));
    if (kept.length > 0) entries.set(postcode, kept);
  }
  return { ...postcodes, entries };
}

/** Of two sources of the same part and address the later one counts. */
export function addSources(sources: readonly Source[], more: readonly Source[]): Source[] {
  const same = (a: Source, b: Source): boolean =>
    a.part === b.part && a.title === b.title && a.address === b.address;
  return [...sources.filter((source) => !more.some((other) => same(source, other))), ...more];
}
