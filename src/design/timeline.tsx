import type { Language } from '../language/index.js';
import { Moment } from './moment.js';

export interface TimelineEntry {
  readonly at: Date;
  readonly words: string;
}

/** What happened, in order. */
export function Timeline({ language, entries }: { language: Language; entries: readonly TimelineEntry[] }) {
  return (
    <ol class="timeline">
      {entries.map((entry) => (
        <li key={`${entry.at.toISOString()} ${entry.words}`}>
          <Moment language={language} at={entry.at} style="datetime" />
          <span>{entry.words}</span>
        </li>
      ))}
    </ol>
  );
}
