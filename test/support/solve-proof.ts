import { hash } from 'node:crypto';

interface Challenge {
  readonly algorithm: string;
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
}

/** Works out an altcha challenge as a browser does; answers what goes into the form. */
export function solveProof(json: string): string {
  const { algorithm, challenge, maxnumber, salt, signature }: Challenge = JSON.parse(json);
  for (let number = 0; number <= maxnumber; number += 1) {
    if (hash('sha256', `${salt}${number}`, 'hex') !== challenge) continue;
    return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  }
  throw new Error('the challenge has no solution');
}
