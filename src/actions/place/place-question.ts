import type { Alert } from '../../alerts/index.js';
import type { Context } from '../../context.js';
import {
  type Legislatures,
  type Representation,
  represent,
  type Snapshot,
} from '../../legislatures/index.js';
import { findWhom, type StatedPlace, snapshotOf, toPlace } from './find-whom.js';

/** What is asked about a place: who represents it in one legislature, or in each. */
export interface PlaceQuestion {
  readonly snapshots: readonly Snapshot[];
  /** As far as the question goes: an alert asks about some chambers only. */
  represent(snapshot: Snapshot, place: StatedPlace): Representation;
}

/** What a legislature that knows the place says. */
export interface PlaceAnswer {
  readonly snapshot: Snapshot;
  readonly found: Representation;
}

interface Asking {
  readonly context: Context;
  readonly legislatures: Legislatures;
}

/** Whom the alert asks somebody there to write to. */
export function questionOfAlert(asking: Parameters<typeof findWhom>[0], alert: Alert): PlaceQuestion {
  return {
    snapshots: [snapshotOf(asking.legislatures, alert)],
    represent: (_, place) => findWhom(asking, alert, place).representation,
  };
}

/** Everybody who represents a place. */
export function questionOfAll({ context, legislatures }: Asking): PlaceQuestion {
  return {
    snapshots: legislatures.list(),
    represent: (snapshot, place) => represent(snapshot, toPlace(place), { now: context.clock.now() }),
  };
}

/** The answers of the legislatures that know a place. */
export function answersTo(question: PlaceQuestion, place: StatedPlace): readonly PlaceAnswer[] {
  return question.snapshots
    .map((snapshot) => ({ snapshot, found: question.represent(snapshot, place) }))
    .filter(({ found }) => found.status !== 'none');
}

/** Whether nothing is open: what answers is certain, and no other legislature of these countries could say more. */
export function settles({ snapshots }: PlaceQuestion, answers: readonly PlaceAnswer[]): boolean {
  if (answers.length === 0 || answers.some(({ found }) => found.status !== 'found')) return false;
  const countries = new Set(answers.map(({ snapshot }) => snapshot.set.country));
  const silent = snapshots.filter((snapshot) => !answers.some((answer) => answer.snapshot === snapshot));
  return !silent.some((snapshot) => countries.has(snapshot.set.country) && hasLines(snapshot));
}

function hasLines({ set }: Snapshot): boolean {
  return set.divisions.some(({ boundary }) => boundary !== undefined);
}
