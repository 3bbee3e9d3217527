import { officeSnapshot } from '../../src/actions/place/find-whom.js';
import { chooseChannel } from '../../src/delivery/index.js';
import { buildSnapshot, demoSet } from '../../src/legislatures/index.js';

const SNAPSHOT = buildSnapshot(demoSet(), 'test');

/** A district of the demo whose deputy is reached by the office's own page only. */
export function demoDivisionReachedByHand(): string {
  for (const person of SNAPSHOT.officeholders.values()) {
    if (person.chamber.role === 'lower' && chooseChannel(officeSnapshot(person)) !== 'smtp')
      return person.division.id;
  }
  throw new Error('the demo has no such district');
}
