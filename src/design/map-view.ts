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
