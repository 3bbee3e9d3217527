import { createHash } from 'node:crypto';
import type { Context } from '../context.js';
import type { DataKey } from '../database/index.js';
import { AppError } from '../errors.js';
import type { CampaignFacts, ConstituentFacts } from './constituent.js';

const LABEL = 'letter.content';

/** What a letter says, sealed under its alert's key. The body is what was shown and is sent. */
export interface LetterContent {
  readonly subject: string;
  readonly statement: string;
  readonly message: string;
  readonly body: string;
  readonly replyTo: { readonly name: string; readonly email: string };
  /** Only where a channel that this letter may take demands them. */
  readonly constituent?: ConstituentFacts;
  /** Only beside `constituent`. */
  readonly campaign?: CampaignFacts;
}

/** Seals a letter's content for its own cell. */
export function sealLetter(key: DataKey, letterId: string, content: LetterContent): Buffer {
  return key.seal({ label: LABEL, rowId: letterId }, content);
}

/**
 * Opens a letter's sealed content.
 * @throws AppError `gone` when the alert's key was destroyed, `wrong_key` when the cell is not this letter's.
 */
export async function openLetter(
  context: Context,
  letter: { readonly organisationId: number; readonly letterId: string },
  cell: Buffer,
): Promise<LetterContent> {
  const place = { label: LABEL, rowId: letter.letterId };
  const content = await context.keyring.open(letter.organisationId, place, cell);
  if (isLetterContent(content)) return content;
  throw new AppError('internal', { detail: 'a sealed letter has an unknown form' });
}

/** SHA-256 of a body's bytes in UTF-8: the letter's fingerprint. */
export function fingerprint(body: string): Buffer {
  return createHash('sha256').update(body, 'utf8').digest();
}

function isLetterContent(value: unknown): value is LetterContent {
  return (
    hasTexts(value, ['subject', 'statement', 'message', 'body']) &&
    'replyTo' in value &&
    hasTexts(value.replyTo, ['name', 'email'])
  );
}

function hasTexts(value: unknown, keys: readonly string[]): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const texts: Readonly<Record<string, unknown>> = { ...value };
  return keys.every((key) => typeof texts[key] === 'string');
}
