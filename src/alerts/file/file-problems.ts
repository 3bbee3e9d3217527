import { AppError } from '../../errors.js';

const MOST_PRINTED = 40;

interface FileProblem {
  readonly line: number;
  readonly message: string;
}

/** Collects everything that is wrong with a file, so that its writer hears of all of it at once. */
export class FileProblems {
  readonly #file: string;
  readonly #problems: FileProblem[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  get any(): boolean {
    return this.#problems.length > 0;
  }

  /** `line` counts from 1; the message says what is wrong and what to do. */
  add(line: number, message: string): void {
    const known = this.#problems.some((problem) => problem.line === line && problem.message === message);
    if (!known) this.#problems.push({ line, message });
  }

  /** @throws AppError `invalid_file` that lists every problem by line, if there is one. */
  check(): void {
    const count = this.#problems.length;
    if (count === 0) return;
    const lines = this.#problems
      .toSorted((a, b) => a.line - b.line)
      .slice(0, MOST_PRINTED)
      .map(({ line, message }) => `${this.#file}:${line}: ${message}`);
    if (count > MOST_PRINTED) lines.push(`… and ${count - MOST_PRINTED} more`);
    throw new AppError('invalid_file', { detail: lines.join('\n') });
  }
}
