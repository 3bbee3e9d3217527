import { type AlertReference, Page, Recap, type SiteView } from '../design/index.js';
import type { Language } from '../language/index.js';
import { ChoosePanel, type ChoosePanelProps } from './choose-panel.js';
import { PlacePanel, type PlacePanelProps } from './place-panel.js';

interface StepPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
}

/** The first step on a page of its own: after a problem, or with the whole list of districts. */
export function PlacePage({ language, site, alert, panel }: StepPageProps & { panel: PlacePanelProps }) {
  return (
    <Page language={language} site={site} title={language.t('actions.place.title')} islands={['act.js']}>
      <div class="column">
        <Recap language={language} alert={alert} main />
        <section class="coupon" id="act" aria-labelledby="act-title" tabIndex={-1}>
          <h2 class="coupon-title" id="act-title">
            {language.t('actions.place.title')}
          </h2>
          <PlacePanel {...panel} />
        </section>
      </div>
    </Page>
  );
}

/** The step between, where a place lies in several districts. */
export function ChoosePage({ language, site, alert, panel }: StepPageProps & { panel: ChoosePanelProps }) {
  return (
    <Page language={language} site={site} title={language.t('actions.choose.title')} islands={['act.js']}>
      <div class="column">
        <Recap language={language} alert={alert} main />
        <section class="coupon" id="act" aria-labelledby="act-title" tabIndex={-1}>
          <h2 class="coupon-title" id="act-title">
            {language.t('actions.choose.title')}
          </h2>
          <ChoosePanel {...panel} />
        </section>
      </div>
    </Page>
  );
}
