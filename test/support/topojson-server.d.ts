declare module 'topojson-server' {
  import type { FeatureCollection } from 'geojson';
  import type { Topology } from 'topojson-specification';

  export function topology(objects: Record<string, FeatureCollection>, quantization?: number): Topology;
}
