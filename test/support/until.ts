const STEP_MS = 20;
const LONGEST_MS = 15_000;

/** Asks again and again until there is an answer. */
export async function until<Value>(
  ask: () => Value | undefined | Promise<Value | undefined>,
  longestMs = LONGEST_MS,
): Promise<Value> {
  const end = performance.now() + longestMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (performance.now() > end) throw new Error(`still no answer after ${longestMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
