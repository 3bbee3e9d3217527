import type { Language } from '../language/index.js';

/** The alert that a step belongs to. */
export interface AlertReference {
  readonly headline: string;
  /** The alert's path. */
  readonly address: string;
  readonly lang?: string | undefined;
}

interface RecapProps {
  readonly language: Language;
  readonly alert: AlertReference;
  /** True where the alert's headline is the page's own: the steps that may stand inside the alert's page. */
  readonly main?: boolean;
}

/** Which alert this step belongs to, and the way back to it. */
export function Recap({ language, alert, main = false }: RecapProps) {
  const Headline = main ? 'h1' : 'p';
  return (
    <header class="recap">
      <p class="kicker">{language.t('design.kicker')}</p>
      <Headline class="recap-headline" lang={alert.lang} dir="auto">
        <a href={alert.address}>{alert.headline}</a>
      </Headline>
    </header>
  );
}
