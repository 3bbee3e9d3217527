import { hash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

/** So many hashes take about a millisecond; then others that this process waits for get their turn. */
const HASHES_A_TURN = 1000;

interface Challenge {
  readonly algorithm: string;
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
}

/** Works out an altcha challenge as a browser does; answers what goes into the form. */
export async function solveProof(json: string): Promise<string> {
  const { algorithm, challenge, maxnumber, salt, signature }: Challenge = JSON.parse(json);
  for (let number = 0; number <= maxnumber; number += 1) {
    if (number % HASHES_A_TURN === 0) await turn();
    if (hash('sha256', `${salt}${number}`, 'hex') !== challenge) continue;
    return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  }
  throw new Error('the challenge has no solution');
}
