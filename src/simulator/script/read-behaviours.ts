import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { misplaced } from './behaviour-step.js';
import { type Behaviour, CWC_ACTIONS, MAIL_ACTIONS } from './behaviours.js';
import type { OfficeKey } from './office-key.js';
import type { OfficeScript } from './script.js';
import { readMoment } from './script-moment.js';
import type { ScriptProblems } from './script-problems.js';

const MOST_BEHAVIOURS = 1000;

interface Given {
  readonly office: OfficeKey;
  /** One behaviour, or a list of them. */
  readonly value: unknown;
  readonly place: string;
}

interface Placed {
  readonly item: unknown;
  readonly place: string;
}

/** Reads the behaviours of one office. What is wrong becomes a problem, and is left out. */
export function readBehaviours({ office, value, place }: Given, problems: ScriptProblems): OfficeScript {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length > MOST_BEHAVIOURS) problems.add(place, `is too long: list at most ${MOST_BEHAVIOURS}`);
  const placed = items.slice(0, MOST_BEHAVIOURS).map((item, index) => ({
    item,
    place: Array.isArray(value) ? `${place}[${index}]` : place,
  }));
  const readAll = <Actions extends Readonly<Record<string, TSchema>>>(actions: Actions) =>
    placed.flatMap((one) => readOne(one, actions, problems));
  if (office.kind === 'chamber' || office.kind === 'code') {
    const behaviours = readAll(CWC_ACTIONS);
    checkPlaces({ office, behaviours, place }, problems);
    return { kind: 'cwc', key: office.key, behaviours };
  }
  const behaviours = readAll(MAIL_ACTIONS);
  checkPlaces({ office, behaviours, place }, problems);
  return { kind: 'mail', key: office.key, behaviours };
}

// By the word in `do`, so that the errors are those of one schema and not of all.
function readOne<Actions extends Readonly<Record<string, TSchema>>>(
  { item, place }: Placed,
  actions: Actions,
  problems: ScriptProblems,
): Static<Actions[keyof Actions]>[] {
  const word = typeof item === 'object' && item !== null && 'do' in item ? item.do : undefined;
  const schema = typeof word === 'string' && Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (schema === undefined) {
    problems.add(place, `"do" must be one of ${Object.keys(actions).join(', ')}`);
    return [];
  }
  if (Value.Check(schema, item)) return [item as Static<Actions[keyof Actions]>];
  problems.addErrors(place, schema, item);
  return [];
}

interface Read {
  readonly office: OfficeKey;
  readonly behaviours: readonly Behaviour[];
  readonly place: string;
}

function checkPlaces({ office, behaviours, place }: Read, problems: ScriptProblems): void {
  for (const behaviour of behaviours) {
    const words = misplaced(office, behaviour);
    if (words !== undefined) problems.add(place, `${behaviour.do}: ${words}`);
    for (const moment of [behaviour.from, behaviour.to]) {
      if (moment !== undefined && Number.isNaN(readMoment(moment, new Date(0))))
        problems.add(place, `${behaviour.do}: there is no time ${moment}`);
    }
  }
}
