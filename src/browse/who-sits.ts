import type { Language } from '../language/index.js';
import type { Chamber, DivisionId, Snapshot } from '../legislatures/index.js';

interface Asked {
  readonly language: Language;
  /** Only of this one; of every one without it. */
  readonly chamber?: Chamber;
}

/** The names of those who are elected for a division itself, in words; an empty seat is named as one. */
export function whoSitsFor(
  { residenceOf }: Snapshot,
  id: DivisionId,
  { language, chamber }: Asked,
): string | undefined {
  const seats = (residenceOf.get(id)?.seats ?? []).filter(
    (seat) => seat.division.id === id && (chamber === undefined || seat.chamber === chamber),
  );
  const names = seats.map(({ holder }) => holder?.current.name ?? language.t('browse.set.vacant'));
  return names.length === 0 ? undefined : language.list(names);
}
