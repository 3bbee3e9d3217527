import { answersTo, questionOfAll, type StatedPlace } from '../actions/index.js';
import type { Context } from '../context.js';
import type { Language } from '../language/index.js';
import {
  type Legislatures,
  nameOfDivision,
  type Representation,
  type RepresentationWarning,
  type SeatView,
  type Snapshot,
} from '../legislatures/index.js';
import type { NamedLink } from './division-page.js';
import { divisionPath, setPath } from './paths.js';
import { viewSeats } from './view-seats.js';
import type { AnswerPageProps, AnswerView } from './who-page.js';

interface Asking {
  readonly context: Context;
  readonly legislatures: Legislatures;
}

interface PlaceView extends Pick<AnswerPageProps, 'place' | 'answers'> {
  /** The ids of the sets that answer. */
  readonly uses: readonly string[];
}

/** What every legislature that knows a place says about it. */
export function answerPlace(asking: Asking, stated: StatedPlace, language: Language): PlaceView {
  const now = asking.context.clock.now();
  const answers = answersTo(questionOfAll(asking), stated);
  return {
    place: stated.at === undefined ? (stated.postcode?.trim() ?? '') : '',
    answers: answers.map(({ snapshot, found }) => viewAnswer(snapshot, found, { now, language })),
    uses: answers.map(({ snapshot }) => snapshot.set.id),
  };
}

function viewAnswer(
  snapshot: Snapshot,
  found: Representation,
  { now, language }: { readonly now: Date; readonly language: Language },
): AnswerView {
  const { set } = snapshot;
  const link = (id: string): NamedLink => ({
    name: nameOfDivision(snapshot, id),
    href: divisionPath(set.id, id),
  });
  return {
    set: { name: set.name, href: setPath(set.id) },
    seats: viewSeats(snapshot, certainSeats(snapshot, found), now),
    candidates: found.candidates.map(({ division, officeholders }) => ({
      people: officeholders.map(({ name }) => name),
      links: division
        .split(',')
        .map(link)
        .sort((a, b) => language.compare(a.name, b.name)),
    })),
    warnings: found.warnings
      .filter((warning) => isToldHere(warning, found))
      .map((warning) => `legislatures.warning.${warning}` as const),
  };
}

/** Off the shore the nearest division is taken, but where there are several the answer names each. */
function isToldHere(
  warning: RepresentationWarning,
  { candidates }: Representation,
): warning is 'dataset_expired' | 'off_shore' {
  return warning === 'dataset_expired' || (warning === 'off_shore' && candidates.length === 0);
}

/** The seats of those who certainly represent the place, and the empty ones where nothing is open. */
function certainSeats(snapshot: Snapshot, { officeholders, vacant, candidates }: Representation): SeatView[] {
  const held = officeholders.flatMap(({ id, division }) => {
    const { seats = [] } = snapshot.residenceOf.get(division) ?? {};
    return seats.find(({ holder }) => holder?.current.id === id) ?? [];
  });
  const empty = candidates.length > 0 ? [] : vacant;
  return [
    ...held,
    ...empty.flatMap((vacancy) => {
      const { seats = [] } = snapshot.residenceOf.get(vacancy.division) ?? {};
      return seats.find((seat) => seat.vacancy === vacancy) ?? [];
    }),
  ];
}
