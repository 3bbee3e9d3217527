import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a program that lies beside this one, and waits for its word that it is ready; the stack ends it. */
export async function startProgram(
  stack: DisposableStack,
  name: string,
  args: readonly string[],
): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), args);
  stack.defer(() => child.kill());
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error(`${name} ended before it was ready`)),
  );
  await Promise.race([once(child, 'message'), ended]);
  return child;
}
