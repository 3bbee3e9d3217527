import type { TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { Value } from 'typebox/value';
import { AppError } from '../../errors.js';
import { MOMENT } from './behaviours.js';

const MOST_TOLD = 20;

/** Gathers what is wrong in a script, so that all of it is told at once. */
export class ScriptProblems {
  readonly #problems: string[] = [];

  add(place: string, words: string): void {
    this.#problems.push(place === '' ? words : `${place}: ${words}`);
  }

  /** What the schema has to say about a value that it does not take. */
  addErrors(place: string, schema: TSchema, value: unknown): void {
    for (const error of Value.Errors(schema, value)) {
      const words = wordsFor(error);
      if (words !== undefined) this.add(`${place}${fieldOf(error.instancePath)}`.replace(/^\./, ''), words);
    }
  }

  /** Runs a reader; its AppError becomes a problem at this place. */
  catch<Result>(place: string, read: () => Result): Result | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.add(place, error.message);
      return undefined;
    }
  }

  /** @throws AppError `invalid_file` when there is a problem. */
  throwIfAny(): void {
    if (this.#problems.length === 0) return;
    const told = this.#problems.slice(0, MOST_TOLD).map((problem) => `  ${problem}`);
    const rest = this.#problems.length - told.length;
    if (rest > 0) told.push(`  and ${rest} more`);
    throw new AppError('invalid_file', {
      detail: `The simulator's script cannot be used:\n${told.join('\n')}`,
    });
  }
}

function wordsFor({ keyword, params, message }: TLocalizedValidationError): string | undefined {
  switch (keyword) {
    case 'required':
      return `${params.requiredProperties.join(' and ')} is missing`;
    case 'additionalProperties':
      return `${params.additionalProperties.map((name) => `"${name}"`).join(', ')} is not known here`;
    // Comes with every `additionalProperties`, and says nothing more.
    case 'boolean':
      return undefined;
    case 'type':
      return `must be ${[params.type].flat().join(' or ')}`;
    case 'enum':
      return `must be one of ${params.allowedValues.join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'pattern':
      return String(params.pattern) === MOMENT
        ? 'is written like 2026-11-23T09:00:00Z or +15m'
        : 'has characters that cannot stand there';
    default:
      return message;
  }
}

/** `/mail/0/at` is `.mail[0].at`. */
function fieldOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('');
}
