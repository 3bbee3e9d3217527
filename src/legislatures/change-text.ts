import { type FieldChange, isUnchanged, type PersonAt, type SetChanges } from './compare-sets.js';
import type { Division, Seat } from './model.js';
import type { MisfitReason } from './overlay/apply-edits.js';
import type { ChangePreview } from './preview-change.js';
import { columns } from './representation-text.js';

/** Of one kind of change; the rest is counted. */
const MOST_ROWS = 40;

/** Why an edit does not fit, for an operator. */
export const MISFIT_WORDS: Readonly<Record<MisfitReason, string>> = {
  person_gone: 'the set has no such person any more; undo it if it is done with',
  newer_term: 'the person sits there for a term that began later; undo it if it is done with',
  person_there: 'the source has the person itself now; undo it',
  seat_gone: 'the set has no such seat any more',
  seat_taken: 'the source gives the seat to somebody else',
  term_over: 'the term ended before the set begins; undo it',
  source_changed: 'it holds, but the source has changed since; look which is right',
};

/** What a change would do, as a table for a terminal: people, offices, lines, letters. */
export function changeText({ setId, before, changes, misfits, stopping }: ChangePreview): string {
  const isNew = before === undefined;
  const summary = isNew ? `${setId}: new here.` : `${setId}: compared with ${before}.`;
  return [
    isUnchanged(changes) ? `${summary} Nothing changes.` : `${summary} ${countWords(changes)}.`,
    ...(isNew ? [] : columns(changeRows(changes))),
    ...misfits.map(({ edit, reason }) => `Edit ${edit.number} does not fit: ${MISFIT_WORDS[reason]}.`),
    ...stopping.map(
      ({ letters, name, officeholder }) =>
        `${letters === 1 ? '1 letter' : `${letters} letters`} to ${name} (${officeholder}) would stop; who wrote is told.`,
    ),
  ].join('\n');
}

function countWords(changes: SetChanges): string {
  const { peopleIn, peopleOut, peopleMoved, peopleChanged, seatsIn, seatsOut } = changes;
  const counts: readonly (readonly [string, number])[] = [
    ['people in', peopleIn.length],
    ['out', peopleOut.length],
    ['moved', peopleMoved.length],
    ['otherwise changed', peopleChanged.length],
    ['new seats', seatsIn.length],
    ['seats gone', seatsOut.length],
    ['new divisions', changes.divisionsIn.length],
    ['divisions gone', changes.divisionsOut.length],
    ['with new lines', changes.boundariesChanged.length],
    ['renamed', changes.divisionsRenamed.length],
  ];
  const told = counts.filter(([, count]) => count > 0).map(([words, count]) => `${count} ${words}`);
  return told.length === 0 ? 'Postcodes or dates change' : told.join(', ');
}

function changeRows(changes: SetChanges): string[][] {
  const { added, removed, changed } = changes.postcodes;
  const postcodes = `${added} new, ${removed} gone, ${changed} in other divisions`;
  return [
    ...some('in', changes.peopleIn.map(personCells)),
    ...some('out', changes.peopleOut.map(personCells)),
    ...some(
      'moved',
      changes.peopleMoved.map(({ person, from, to }) => [
        `${person.name} (${person.id})`,
        `${seatWords(from)} → ${seatWords(to)}`,
      ]),
    ),
    ...some(
      'changed',
      changes.peopleChanged.map(({ person, fields }) => [
        `${person.name} (${person.id})`,
        fields.map(fieldWords).join('; '),
      ]),
    ),
    ...some('new seat', changes.seatsIn.map(seatCells)),
    ...some('seat gone', changes.seatsOut.map(seatCells)),
    ...some('new division', changes.divisionsIn.map(divisionCells)),
    ...some('division gone', changes.divisionsOut.map(divisionCells)),
    ...some(
      'renamed',
      changes.divisionsRenamed.map(({ before, after }) => [after.id, `${before.name} → ${after.name}`]),
    ),
    ...some(
      'new lines',
      changes.boundariesChanged.map(({ after }) => divisionCells(after)),
    ),
    ...(added + removed + changed === 0 ? [] : [['postcodes', postcodes, '']]),
    ...changes.dates.map((field) => ['dates', fieldWords(field), '']),
  ];
}

function some(kind: string, cells: readonly string[][]): string[][] {
  const shown = cells.slice(0, MOST_ROWS).map((row) => [kind, ...row]);
  const more = cells.length - shown.length;
  return more === 0 ? shown : [...shown, [kind, `and ${more} more`, '']];
}

function personCells({ person, seat }: PersonAt): string[] {
  return [`${person.name} (${person.id})`, seatWords(seat)];
}

function seatWords(seat: Seat | undefined): string {
  return seat === undefined ? '?' : `${seat.chamber}, ${seat.division}`;
}

function seatCells(seat: Seat): string[] {
  const places = seat.places === undefined ? '' : `${seat.places} places`;
  return [seatWords(seat), places];
}

function divisionCells({ id, name }: Division): string[] {
  return [name, id];
}

function fieldWords({ field, before, after }: FieldChange): string {
  return `${field}: ${before === '' ? 'none' : before} → ${after === '' ? 'none' : after}`;
}
