import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { AppError } from '../../errors.js';
import { oneLine } from '../compose-letter.js';

const LONGEST_REASON = 500;
const STAFF_NAME = /^[\p{L}\p{N}._-]{1,64}$/u;

/** Who decides, and why: kept with what is decided. */
export interface Decision {
  readonly by: `staff:${string}`;
  /** Supporters read it on their receipts. */
  readonly reason: string;
}

/** What the options of a decision give. */
export interface DecisionOptions {
  readonly reason: string;
  readonly by?: string;
}

/** Adds `--reason` and `--by`. */
export function takesDecision(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'why; it is kept, and supporters read it on their receipts: no names')
    .option('--by <name>', 'who decides, where it is not the user who is logged in');
}

/** @throws AppError `invalid_input` for an empty or endless reason, and a name that is none. */
export function readDecision({ reason, by = loginName() }: DecisionOptions): Decision {
  const words = oneLine(reason);
  if (words === '' || words.length > LONGEST_REASON)
    throw new AppError('invalid_input', {
      detail: `Give --reason "…" with 1 to ${LONGEST_REASON} characters: supporters read it on their receipts.`,
    });
  if (!STAFF_NAME.test(by))
    throw new AppError('invalid_input', { detail: `--by is "${by}". Give a short name without spaces.` });
  return { by: `staff:${by}`, reason: words };
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as containers have.
    return 'unknown';
  }
}
