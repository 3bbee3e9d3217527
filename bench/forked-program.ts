import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Running {
  /** Of Node itself. */
  readonly options?: readonly string[];
  readonly args?: readonly string[];
  /** Beside those of this process. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Starts a program that lies beside this one, waits for its word that it is ready, and ends it with the stack. */
export async function startProgram(
  stack: DisposableStack,
  name: string,
  { args = [], variables = {} }: Running,
): Promise<ChildProcess> {
  const env = { ...process.env, ...variables };
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), args, { env });
  stack.defer(() => child.kill());
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error(`${name} ended before it was ready`)),
  );
  await Promise.race([once(child, 'message'), ended]);
  return child;
}

/** Runs a program that lies beside this one to its end; answers what it tells, which must be an `Answer`. */
export async function askProgram<Answer>(
  name: string,
  { args = [], variables = {}, options = [] }: Running,
): Promise<Answer> {
  const env = { ...process.env, ...variables };
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), args, { env, execArgv: [...options] });
  using stack = new DisposableStack();
  stack.defer(() => child.kill());
  const ended = once(child, 'exit');
  const silent = ended.then(() => Promise.reject(new Error(`${name} ended without a word`)));
  const [answer]: Answer[] = await Promise.race([once(child, 'message'), silent]);
  silent.catch(() => undefined);
  await ended;
  if (answer === undefined) throw new Error(`${name} told nothing`);
  return answer;
}
