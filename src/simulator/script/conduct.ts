import { createHash } from 'node:crypto';
import type { Clock } from '../../context.js';
import type { Behaviour } from './behaviours.js';
import { readMoment } from './script-moment.js';

const DRAWS = 2 ** 32;

interface Rule<Kind extends Behaviour> {
  readonly behaviour: Kind;
  readonly from: number;
  readonly to: number;
  /** Decides what it draws: the same script draws the same, whatever other offices do. */
  readonly name: string;
  draws: number;
  taken: number;
}

interface Question<Kind extends Behaviour> {
  /** Whose rules are looked at, the nearest first: the office, then its domain, then the whole server. */
  readonly keys: readonly string[];
  /** Whether a behaviour is about what happens now. */
  readonly fits: (behaviour: Kind) => boolean;
}

/** The behaviours of one kind of server as they hold at the moment. */
export class Conduct<Kind extends Behaviour> {
  readonly #rules = new Map<string, readonly Rule<Kind>[]>();
  readonly #clock: Clock;
  readonly #seed: number;

  constructor(clock: Clock, seed: number) {
    this.#clock = clock;
    this.#seed = seed;
  }

  /** Takes the place of everything that this key had; relative times count from now. */
  set(key: string, behaviours: readonly Kind[]): void {
    const now = this.#clock.now();
    const rules = behaviours.map((behaviour, index) => ({
      behaviour,
      from: behaviour.from === undefined ? -Infinity : readMoment(behaviour.from, now),
      to: behaviour.to === undefined ? Infinity : readMoment(behaviour.to, now),
      name: `${this.#seed} ${key} ${index}`,
      draws: 0,
      taken: 0,
    }));
    this.#rules.set(key, rules);
  }

  /** The first behaviour that holds now, which counts as taken; undefined: serve. */
  take(question: Question<Kind>): Kind | undefined {
    const rule = this.#rulesOf(question).find((candidate) => drawn(candidate));
    if (rule === undefined) return undefined;
    rule.taken += 1;
    return rule.behaviour.do === 'work' ? undefined : rule.behaviour;
  }

  /** All that may hold now, apart from chance; nothing counts as taken. */
  possible(question: Question<Kind>): readonly Kind[] {
    return [...this.#rulesOf(question)].map(({ behaviour }) => behaviour);
  }

  // Lazy: a greylist that no conversation reaches remembers nobody.
  #rulesOf({ keys, fits }: Question<Kind>): IteratorObject<Rule<Kind>> {
    const now = this.#clock.now().getTime();
    return keys
      .values()
      .flatMap((key) => this.#rules.get(key) ?? [])
      .filter(({ behaviour, from, to, taken }) => {
        const { times = Infinity } = behaviour;
        return from <= now && now < to && taken < times && fits(behaviour);
      });
  }
}

function drawn(rule: Rule<Behaviour>): boolean {
  const { probability = 1 } = rule.behaviour;
  if (probability >= 1) return true;
  const digest = createHash('sha256').update(`${rule.name} ${rule.draws}`).digest();
  rule.draws += 1;
  return digest.readUInt32BE() / DRAWS < probability;
}
