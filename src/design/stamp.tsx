import type { Language } from '../language/index.js';
import { Moment } from './moment.js';

interface StampProps {
  readonly language: Language;
  readonly word: string;
  readonly at?: Date | undefined;
  /** `done`: arrived; `open`: something is still to happen; `void`: it will not arrive. */
  readonly tone: 'done' | 'open' | 'void';
}

/** What became of a letter, as a post office would stamp it. */
export function Stamp({ language, word, at, tone }: StampProps) {
  return (
    <p class={`stamp stamp-${tone}`}>
      <strong>{word}</strong>
      {at !== undefined && <Moment language={language} at={at} />}
    </p>
  );
}
