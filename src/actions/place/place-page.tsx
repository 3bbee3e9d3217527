import type { ComponentChildren } from 'preact';
import { type AlertReference, Page, type PageProps, Recap, type SiteView } from '../../design/index.js';
import type { Language, MessageKey } from '../../language/index.js';
import { ChoosePanel, type ChoosePanelProps } from './choose-panel.js';
import { MatchPanel, type MatchPanelProps } from './match-panel.js';
import { PlacePanel, type PlacePanelProps } from './place-panel.js';

export interface StepPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
}

interface StepFrameProps extends StepPageProps {
  readonly title: MessageKey;
  /** Beside `act.js`. */
  readonly islands?: NonNullable<PageProps['islands']>;
  readonly children: ComponentChildren;
}

/** The frame of every step before the letter. */
export function StepPage({ language, site, alert, title, islands = [], children }: StepFrameProps) {
  return (
    <Page language={language} site={site} title={language.t(title)} islands={['act.js', ...islands]}>
      <div class="column">
        <Recap language={language} alert={alert} main />
        <section class="coupon" id="act" aria-labelledby="act-title" tabIndex={-1}>
          <h2 class="coupon-title" id="act-title">
            {language.t(title)}
          </h2>
          {children}
        </section>
      </div>
    </Page>
  );
}

/** The first step on a page of its own: after a problem, or with the whole list of districts. */
export function PlacePage({ panel, ...frame }: StepPageProps & { panel: PlacePanelProps }) {
  return (
    <StepPage {...frame} title="actions.place.title">
      <PlacePanel {...panel} />
    </StepPage>
  );
}

/** The step between, where a place lies in several districts. */
export function ChoosePage({ panel, ...frame }: StepPageProps & { panel: ChoosePanelProps }) {
  return (
    <StepPage {...frame} title="actions.choose.title">
      <ChoosePanel {...panel} />
    </StepPage>
  );
}

/** The step between, where an address may be several places. */
export function MatchPage({ panel, ...frame }: StepPageProps & { panel: MatchPanelProps }) {
  return (
    <StepPage {...frame} title="actions.match.title">
      <MatchPanel {...panel} />
    </StepPage>
  );
}
