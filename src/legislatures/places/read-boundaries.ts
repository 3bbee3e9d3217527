import type { Feature, Position } from 'geojson';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import type { Boundary } from '../model.js';
import { makeBoundary, UNITS_PER_DEGREE } from './boundary.js';

/**
 * Of all the lines of a file together, in degrees; those of the House districts have 6,000. The index of places needs
 * up to 6 kB for each degree that lines run through.
 */
const LONGEST_LINES = 40_000;

/** Reads the boundaries of a file's features, one after the other. */
export class BoundaryReader {
  readonly #file: SourceFile;
  #length = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /**
   * `name` is of the division, for a refusal.
   * @throws AppError `invalid_file` for what is no area on the globe, or lines that run back and forth over it.
   */
  read(name: string, geometry: Feature['geometry'] | null): Boundary {
    const boundary = this.#make(name, geometry);
    this.#length += lengthOf(boundary) / UNITS_PER_DEGREE;
    if (this.#length > LONGEST_LINES)
      refuseFile(
        this.#file.name,
        `its lines are longer than ${LONGEST_LINES} degrees; no map has such lines`,
      );
    return boundary;
  }

  #make(name: string, geometry: Feature['geometry'] | null): Boundary {
    try {
      return makeBoundary(polygonsOf(geometry));
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      return refuseFile(this.#file.name, `${name}: ${cause.message}`, { cause });
    }
  }
}

function polygonsOf(geometry: Feature['geometry'] | null): Position[][][] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates];
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates;
  throw new RangeError('it has no polygon');
}

/** Eastwards and northwards added up, in units. */
function lengthOf(boundary: Boundary): number {
  let length = 0;
  for (const ring of boundary.flat())
    for (let at = 2; at < ring.length; at += 1) length += Math.abs((ring[at] ?? 0) - (ring[at - 2] ?? 0));
  return length;
}
