import type { ChannelName } from '../delivery/index.js';
import type { Language } from '../language/index.js';

/** An officeholder as they are shown, on every page alike. */
export interface OfficeholderView {
  readonly name: string;
  /** As a salutation has it: "Senator"; may be empty. */
  readonly title: string;
  readonly chamber: string;
  readonly division: string;
  readonly party?: string | undefined;
}

/** How a letter gets to the office. */
export type Reach = ChannelName;

/** "Senator Mira Quell" */
export function titledName({ title, name }: Pick<OfficeholderView, 'title' | 'name'>): string {
  return title === '' ? name : `${title} ${name}`;
}

/** Name and title, with chamber, division and party below. */
export function Officeholder({ officeholder }: { officeholder: OfficeholderView }) {
  const { chamber, division, party } = officeholder;
  return (
    <>
      <span class="person">
        <bdi>{titledName(officeholder)}</bdi>
      </span>
      <span class="person-seat">
        {[chamber, division, party].map(
          (fact) =>
            fact !== undefined && (
              <span key={fact}>
                <bdi>{fact}</bdi>
              </span>
            ),
        )}
      </span>
    </>
  );
}

/** How the office is reached, in words. */
export function reachWords(language: Language, reach: Reach): string {
  return language.t(`actions.reach.${reach}`);
}
