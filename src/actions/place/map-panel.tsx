import { DistrictMap, type DistrictMapView, Form } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { StepPage, type StepPageProps } from './place-page.js';

const POINT_FORM = 'point';

export interface MapPanelProps {
  readonly language: Language;
  /** Where a point is posted. */
  readonly action: string;
  readonly map: DistrictMapView | undefined;
  /** Too far away for the picture, or a way back to the whole of it. */
  readonly links: readonly { readonly name: string; readonly href: string }[];
  /** The operator lets the browser be asked where it is. */
  readonly takesPosition: boolean;
  /** Back to the first step. */
  readonly back: string;
}

/** Another way to say where one lives: each district is a link, and with a script a click is a place. */
function MapPanel(props: MapPanelProps) {
  const { language, action, map, links, takesPosition, back } = props;
  return (
    <div class="place">
      {map !== undefined && <p>{language.t('actions.map.lead')}</p>}
      {takesPosition && <PositionForm language={language} action={action} />}
      {map !== undefined && (
        <Form action={action} hidden={{ at: '' }} island="place" id={POINT_FORM}>
          {null}
        </Form>
      )}
      {map !== undefined && <DistrictMap language={language} map={map} pointForm={POINT_FORM} />}
      {links.length > 0 && (
        <ul class="alternatives">
          {links.map(({ name, href }) => (
            <li key={href}>
              <a href={href} dir="auto">
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">{language.t('actions.place.privacy')}</p>
      <p class="alternative">
        <a href={back}>{language.t('actions.map.back')}</a>
      </p>
    </div>
  );
}

/** Asks the browser where it is, at a click; nothing without a script, or where the browser cannot tell. */
export function PositionForm({ language, action }: Pick<MapPanelProps, 'language' | 'action'>) {
  return (
    <Form action={action} hidden={{ at: '' }} island="place" class="place">
      <button
        class="button button-quiet"
        type="button"
        hidden
        data-position
        data-waiting={language.t('actions.position.waiting')}
        data-rough={language.t('actions.position.rough')}
        data-failed={language.t('actions.position.failed')}
      >
        {language.t('actions.position.button')}
      </button>
      <p class="hint" hidden data-position-hint>
        {language.t('actions.position.hint')}
      </p>
      <p role="status" data-position-status />
    </Form>
  );
}

/** The map on a page of its own. */
export function MapPage({ panel, ...frame }: StepPageProps & { panel: MapPanelProps }) {
  const islands = panel.takesPosition ? (['map.js', 'position.js'] as const) : (['map.js'] as const);
  return (
    <StepPage {...frame} title="actions.map.title" islands={islands}>
      <MapPanel {...panel} />
    </StepPage>
  );
}
