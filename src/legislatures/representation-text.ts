import { language } from '../language/index.js';
import type { Representation } from './representation.js';
import type { Snapshot } from './snapshot.js';

const COLUMN_GAP = '  ';
const INDENT = '  ';
/** A shorter date is a month or a year, and stays as it is. */
const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** The answer in words and columns, for a terminal. */
export function representationText(answer: Representation, snapshot: Snapshot): string {
  const { t, date } = language('en');
  const dateText = (text: string): string => (text.length < DAY_LENGTH ? text : date(new Date(text)));
  const divisionName = (id: string): string => snapshot.residenceOf.get(id)?.division.name ?? id;
  const chamberName = (id: string): string =>
    snapshot.set.chambers.find((chamber) => chamber.id === id)?.name ?? id;
  const row = (person: Representation['officeholders'][number]): string[] => [
    `${snapshot.officeholders.get(person.id)?.title ?? ''} ${person.name}`.trim(),
    person.party,
    divisionName(person.division),
    person.termEnds === undefined
      ? ''
      : `${person.termEnded ? 'ended' : 'until'} ${dateText(person.termEnds)}`,
    person.id,
  ];
  const lines: string[] = [];
  if (answer.status === 'none') lines.push('Nobody is known for this place.');
  lines.push(...columns(answer.officeholders.map(row)));
  if (answer.candidates.length > 0)
    lines.push(answer.uncertain ? 'A border is near. One of these:' : 'One of these:');
  for (const { name, officeholders } of answer.candidates) {
    lines.push(name, ...columns(officeholders.map(row)).map((line) => INDENT + line));
  }
  lines.push(
    ...answer.vacant.map((seat) => `Vacant: ${divisionName(seat.division)}, ${chamberName(seat.chamber)}`),
  );
  lines.push(...answer.warnings.map((warning) => t(`legislatures.warning.${warning}`)));
  lines.push(`${snapshot.set.name} (${answer.dataset.version}), ${validity(answer, dateText)}.`);
  return `${lines.join('\n')}\n`;
}

function validity({ dataset: { validUntil } }: Representation, dateText: (text: string) => string): string {
  return validUntil === undefined ? 'end not known' : `valid until ${dateText(validUntil)}`;
}

/** Rows of cells as lines, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(COLUMN_GAP)
      .trimEnd(),
  );
}
