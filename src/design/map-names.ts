import type { DistrictMapArea, DistrictMapView } from './map-view.js';

/** In units of the picture, of a letter: on a telephone, and where there is room. */
const ON_PHONE = { wide: 17, high: 38 };
const ON_DESK = { wide: 12, high: 27 };
/** So close to the edge the upper half of a name would be cut off. */
const EDGE = 24;

/** Capitals and ideographs. */
const WIDE_LETTERS = /[\p{Lu}\p{Ideographic}]/gu;
const WIDE_SHARE = 1.4;
/** Between two names beside each other, in letters. */
const GAP = 1;

/** A name on a map. */
export interface MapName {
  readonly words: string;
  /** Else it has room on a wide screen only. */
  readonly everywhere: boolean;
}

/** The names that can be read, by area: each inside its own, and none on another. The one in question goes first. */
export function placeNames({ areas, frame }: DistrictMapView): ReadonlyMap<string, MapName> {
  const names = new Map<string, MapName>();
  const [onDesk, onPhone] = [new Taken(ON_DESK), new Taken(ON_PHONE)];
  for (const area of areas.toSorted(byImportance)) {
    const { name, short, label } = area;
    if (label.y < EDGE || label.y > frame.height - EDGE) continue;
    const room = Math.min(label.room, 2 * label.x, 2 * (frame.width - label.x));
    const fitting = [name, short].filter((text) => text !== undefined && onDesk.fits(text, room));
    const words = fitting.find((text) => text !== undefined && onDesk.isFree(text, label));
    if (words === undefined) continue;
    onDesk.take(words, label);
    const everywhere = onPhone.fits(words, room) && onPhone.isFree(words, label);
    if (everywhere) onPhone.take(words, label);
    names.set(area.id, { words, everywhere });
  }
  return names;
}

function byImportance(a: DistrictMapArea, b: DistrictMapArea): number {
  return Number(b.current) - Number(a.current) || b.label.room - a.label.room;
}

type Spot = Pick<DistrictMapArea['label'], 'x' | 'y'>;

/** Where names stand already, in letters of one size. */
class Taken {
  readonly #letter: { readonly wide: number; readonly high: number };
  readonly #names: { readonly words: string; readonly at: Spot }[] = [];

  constructor(letter: { readonly wide: number; readonly high: number }) {
    this.#letter = letter;
  }

  fits(words: string, room: number): boolean {
    return this.#width(words) <= room;
  }

  isFree(words: string, at: Spot): boolean {
    const { wide, high } = this.#letter;
    return this.#names.every(
      (other) =>
        Math.abs(other.at.y - at.y) >= high ||
        Math.abs(other.at.x - at.x) >= (this.#width(other.words) + this.#width(words)) / 2 + GAP * wide,
    );
  }

  take(words: string, at: Spot): void {
    this.#names.push({ words, at });
  }

  #width(words: string): number {
    const wider = words.match(WIDE_LETTERS)?.length ?? 0;
    return (words.length + wider * (WIDE_SHARE - 1)) * this.#letter.wide;
  }
}
