import { DEEP, type ImportBomb, MANY, MEGABYTE, repeat } from './bomb.js';

const square = (west: number): string => `[[${west},1],[${west},2],[${west + 1},2],[${west},1]]`;
const small = (west: number, south: number): string =>
  `[[${west},${south}],[${west},${south + 0.05}],[${west + 0.05},${south}],[${west},${south}]]`;
const area = (name: string, rings: string): string =>
  `{"type":"Feature","properties":{"name":${name}},"geometry":{"type":"Polygon","coordinates":[${rings}]}}`;
const collection = (features: string): string => `{"type":"FeatureCollection","features":[${features}]}`;
/** Points that jump over the whole globe. */
const jumps = (count: number): string =>
  `[${repeat(count, (at) => `[${((at * 7919) % 359) - 179.5},${((at * 104_729) % 179) - 89.5}]`, ',')},[-179.5,-89.5]]`;

export const MAP_BOMBS: readonly ImportBomb[] = [
  {
    name: '10^5 areas of one district',
    kind: 'boundaries',
    file: 'a.geojson',
    bytes: () => collection(repeat(DEEP, (at) => area('"d1"', square(at % 90)), ',')),
  },
  {
    name: '49,000 small areas of one district',
    kind: 'boundaries',
    file: 'a.geojson',
    sound: true,
    bytes: () =>
      collection(
        repeat(49_000, (at) => area('"d1"', small((at % 300) / 10, Math.floor(at / 300) / 10)), ','),
      ),
  },
  {
    name: '4 x 10^5 areas of one district',
    kind: 'boundaries',
    file: 'a.geojson',
    bytes: () => collection(repeat(4 * DEEP, (at) => area('"d1"', square(at % 90)), ',')),
  },
  {
    name: 'lines back and forth over the globe',
    everyDay: true,
    kind: 'boundaries',
    file: 'a.geojson',
    bytes: () => collection(area('"d1"', jumps(20_000))),
  },
  {
    name: '10^6 rings of one area',
    kind: 'boundaries',
    file: 'a.geojson',
    bytes: () =>
      collection(
        area(
          '"d1"',
          repeat(3 * DEEP, (at) => square(at % 90), ','),
        ),
      ),
  },
  {
    name: 'one ring of 1.1 million points',
    kind: 'boundaries',
    file: 'a.geojson',
    sound: true,
    bytes: () =>
      collection(
        area(
          '"d1"',
          `[${repeat(1_100_000, (at) => `[${at / 1e6},${Math.abs((at % 20) - 10) / 1e5}]`, ',')},[1.2,1],[0,1],[0,0.0001]]`,
        ),
      ),
  },
  {
    name: 'map objects each with a key of its own',
    kind: 'boundaries',
    file: 'a.geojson',
    bytes: () => collection(repeat(2_800_000, (at) => `{"k${at}":1}`, ',')),
  },
  {
    name: 'a name of 60 MB',
    kind: 'boundaries',
    file: 'a.geojson',
    bytes: () => collection(area(`"${'é-'.repeat(19 * MEGABYTE)}"`, square(1))),
  },
  {
    name: 'names that are no words',
    light: true,
    kind: 'boundaries',
    file: 'a.geojson',
    bytes: () =>
      collection(
        `{"type":"Feature","properties":{"STATEFP":{"toString":1},"CD119FP":{"toString":1}},"geometry":{"type":"Polygon","coordinates":[${square(1)}]}}`,
      ),
  },
  {
    name: 'a TopoJSON line that is named 10^5 times',
    everyDay: true,
    kind: 'boundaries',
    file: 'a.topojson',
    bytes: () =>
      `{"type":"Topology","arcs":[[${repeat(DEEP, (at) => `[${at % 90},${at % 80}]`, ',')}]],"objects":{"a":{"type":"GeometryCollection","geometries":[{"type":"Polygon","properties":{"name":"d1"},"arcs":[[${repeat(DEEP, () => '0', ',')}]]}]}}}`,
  },
  {
    name: 'depth in TopoJSON',
    kind: 'boundaries',
    file: 'a.topojson',
    bytes: () =>
      `{"type":"Topology","arcs":[],"objects":{"a":${'{"type":"GeometryCollection","geometries":['.repeat(DEEP)}${']}'.repeat(DEEP)}}}`,
  },
  {
    name: '10^6 objects in TopoJSON',
    kind: 'boundaries',
    file: 'a.topojson',
    bytes: () =>
      `{"type":"Topology","arcs":[],"objects":{${repeat(MANY, (at) => `"o${at}":{"type":"GeometryCollection","geometries":[]}`, ',')}}}`,
  },
];
