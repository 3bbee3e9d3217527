import type { Language } from '../language/index.js';
import { type MapName, placeNames } from './map-names.js';
import type { DistrictMapArea, DistrictMapView } from './map-view.js';

/** As large as the column is wide, or as a screen is high; on a smaller screen it shrinks. */
const MOST_PX = { wide: 704, high: 544 };
/** A page has one map. */
const AFTER_MAP = 'after-map';

interface DistrictMapProps {
  readonly language: Language;
  readonly map: DistrictMapView;
  /** The id of a form with a field `at`: with the island `map.js` a click posts the very place. */
  readonly pointForm?: string | undefined;
}

/** Without a script each district is a link; the island adds closer looks, and the place of a click. */
export function DistrictMap({ language, map, pointForm }: DistrictMapProps) {
  const { frame, areas, title } = map;
  const names = placeNames(map);
  // Its very own shape: beside a picture that was fitted into a box, what lies out of sight would show.
  const width = Math.round(Math.min(MOST_PX.wide, (MOST_PX.high * frame.width) / frame.height));
  return (
    <figure
      class="map"
      data-map={[frame.west, frame.north, frame.across, frame.down].join(' ')}
      data-point={pointForm}
    >
      <a class="skip" href={`#${AFTER_MAP}`}>
        {language.t('design.map.skip')}
      </a>
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} width={width}>
        <title>{title}</title>
        {areas.map((area) => (
          <a
            key={area.id}
            href={area.href}
            class={area.current ? 'area area-current' : 'area'}
            aria-current={area.current ? 'true' : undefined}
          >
            <title>{area.name}</title>
            <path d={area.path} />
          </a>
        ))}
        {/* Above every area; each area says its name itself. */}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of an SVG cannot be focused */}
        <g aria-hidden="true">
          {areas.map((area) => (
            <AreaName key={area.id} area={area} name={names.get(area.id)} />
          ))}
        </g>
      </svg>
      <p class="map-tools" data-map-tools hidden>
        {TOOLS.map(({ move, sign, key }) => (
          <button
            key={move}
            class="button button-quiet"
            type="button"
            data-move={move}
            aria-label={language.t(key)}
          >
            {sign}
          </button>
        ))}
        <span class="hint">{language.t('design.map.keys')}</span>
      </p>
      <span id={AFTER_MAP} tabIndex={-1} />
    </figure>
  );
}

const TOOLS = [
  { move: '+', sign: '+', key: 'design.map.closer' },
  { move: '-', sign: '−', key: 'design.map.further' },
] as const;

function AreaName({ area, name }: { area: DistrictMapArea; name: MapName | undefined }) {
  if (name === undefined) return null;
  const classes = [...(name.everywhere ? [] : ['on-desk']), ...(area.current ? ['on-current'] : [])];
  return (
    <text x={area.label.x} y={area.label.y} class={classes.join(' ') || undefined}>
      {name.words}
    </text>
  );
}
