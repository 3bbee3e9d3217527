import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1';
import type { Context } from '../../context.js';

const HIGHEST_NUMBER = 200_000;
const MS_PER_SECOND = 1000;
const VALID_MS = 3_600_000;

/**
 * A challenge that takes a phone a few seconds, as JSON. It names the form's idempotency key, so one solution
 * serves one submit and its repeats, and nothing needs to be stored against replay.
 */
export async function makeChallenge(context: Context, idempotencyKey: string): Promise<string> {
  const challenge = await createChallenge({
    hmacKey: challengeKey(context),
    maxNumber: HIGHEST_NUMBER,
    expires: new Date(context.clock.now().getTime() + VALID_MS),
    params: { request: idempotencyKey },
  });
  return JSON.stringify(challenge);
}

/** Whether the solution was worked out for this very request. */
export async function checkSolution(
  context: Context,
  idempotencyKey: string,
  solution: string,
): Promise<boolean> {
  try {
    const { request, expires } = extractParams(solution);
    const isFresh = Number(expires) * MS_PER_SECOND >= context.clock.now().getTime();
    // The library would ask the system's clock.
    return (
      request === idempotencyKey && isFresh && (await verifySolution(solution, challengeKey(context), false))
    );
  } catch {
    return false;
  }
}

function challengeKey(context: Context): string {
  return context.keyring.macLink('proof-of-work', '').toString('hex');
}
