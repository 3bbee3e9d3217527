import type { Language } from '../language/index.js';

/** In units of the picture: a letter on a telephone, and where there is room. */
const LETTER_ON_PHONE = 17;
const LETTER_ON_DESK = 12;
/** So close to the edge the upper half of a name would be cut off. */
const LABEL_MARGIN = 24;
/** A page has one map. */
const AFTER_MAP = 'after-map';

/** Districts as a picture; each is a link. */
export interface DistrictMapView {
  /** What the picture shows, in words. */
  readonly title: string;
  readonly frame: {
    /** Degrees of the upper left corner. */
    readonly west: number;
    readonly north: number;
    /** Degrees in one unit of the picture. */
    readonly across: number;
    readonly down: number;
    readonly width: number;
    readonly height: number;
  };
  readonly areas: readonly DistrictMapArea[];
}

export interface DistrictMapArea {
  readonly id: string;
  readonly name: string;
  /** What is written where the name has no room. */
  readonly short: string | undefined;
  readonly path: string;
  /** Where a click leads. */
  readonly href: string;
  /** It is what the page is about. */
  readonly current: boolean;
  readonly label: { readonly x: number; readonly y: number; readonly room: number };
}

interface DistrictMapProps {
  readonly language: Language;
  readonly map: DistrictMapView;
  /** The id of a form with a field `at`: with the island `map.js` a click posts the very place. */
  readonly pointForm?: string | undefined;
}

/** Without a script each district is a link; the island adds closer looks, and the place of a click. */
export function DistrictMap({ language, map, pointForm }: DistrictMapProps) {
  const { frame, areas, title } = map;
  return (
    <figure
      class="map"
      data-map={[frame.west, frame.north, frame.across, frame.down].join(' ')}
      data-point={pointForm}
    >
      <a class="skip" href={`#${AFTER_MAP}`}>
        {language.t('design.map.skip')}
      </a>
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`}>
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
            <AreaName area={area} height={frame.height} />
          </a>
        ))}
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

function AreaName({ area, height }: { area: DistrictMapArea; height: number }) {
  const { name, short, label } = area;
  if (label.y < LABEL_MARGIN || label.y > height - LABEL_MARGIN) return null;
  const words = [name, short].find(
    (text) => text !== undefined && text.length * LETTER_ON_DESK <= label.room,
  );
  if (words === undefined) return null;
  const everywhere = words.length * LETTER_ON_PHONE <= label.room;
  return (
    <text x={label.x} y={label.y} class={everywhere ? undefined : 'on-desk'}>
      {words}
    </text>
  );
}
