// Draws the map of the demo's fictional country: node scripts/draw-demo-map.mjs > src/legislatures/demo/map.json
// The same seed gives the same map. Borders that two districts share are one line, so they meet exactly.
import { quantize } from 'topojson-client';
import { topology } from 'topojson-server';

const SEED = 1704;
const WIDTH = 300;
const HEIGHT = 230;
const CELL_DEGREES = 0.01;
const DISTRICTS = 12;
const WEST = -1.5;
const NORTH = 1.15;
const SMALLEST_ISLAND = 60;
const TOLERANCE_CELLS = 0.16;
const SMOOTHINGS = 3;
const QUANTA = 30_000;
const SEA = -1;
const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

const at = (x, y) => y * WIDTH + x;
const inside = (x, y) => x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT;

/** A number in 0..1 for each whole point: an integer hash. */
function hash(x, y, salt) {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(salt + SEED, 1274126177);
  h = Math.imul(h ^ (h >>> 13), 1103515245);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise in -1..1 with details in each of four sizes. */
function noise(x, y, salt) {
  let sum = 0;
  for (let octave = 0, size = 1, weight = 1; octave < 5; octave += 1, size *= 2, weight *= 0.52) {
    sum += weight * valueNoise(x * size, y * size, salt + octave * 17);
  }
  return sum / 2;
}

function valueNoise(x, y, salt) {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const ease = (t) => t * t * (3 - 2 * t);
  const [tx, ty] = [ease(x - x0), ease(y - y0)];
  const mix = (a, b, t) => a + (b - a) * t;
  const top = mix(hash(x0, y0, salt), hash(x0 + 1, y0, salt), tx);
  const bottom = mix(hash(x0, y0 + 1, salt), hash(x0 + 1, y0 + 1, salt), tx);
  return 2 * mix(top, bottom, ty) - 1;
}

/** Two leaning ellipses, torn by noise, with a bay bitten out of the south. */
function drawLand() {
  const land = new Int8Array(WIDTH * HEIGHT).fill(SEA);
  const ellipse = (x, y, { cx, cy, rx, ry }) => 1 - ((x - cx) / rx) ** 2 - ((y - cy) / ry) ** 2;
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const lean = x + (y - HEIGHT / 2) * 0.35;
      const body = Math.max(
        ellipse(lean, y, { cx: 118, cy: 104, rx: 108, ry: 84 }),
        ellipse(lean, y, { cx: 205, cy: 132, rx: 82, ry: 68 }),
        0.8 * ellipse(lean, y, { cx: 84, cy: 200, rx: 13, ry: 10 }),
        0.9 * ellipse(lean, y, { cx: 236, cy: 38, rx: 27, ry: 21 }),
      );
      const bay = ellipse(x, y, { cx: 138, cy: 206, rx: 40, ry: 66 });
      const height =
        body - Math.max(0, bay) * 1.4 + 0.6 * noise(x / 46, y / 46, 1) + 0.34 * noise(x / 11, y / 11, 2);
      const margin = Math.min(x, y, WIDTH - 1 - x, HEIGHT - 1 - y) < 4;
      if (height > 0.1 && !margin) land[at(x, y)] = 0;
    }
  }
  return land;
}

/** The connected areas of cells for which `same` holds, as lists of cells. */
function areas(cells, same) {
  const seen = new Uint8Array(cells.length);
  const found = [];
  for (let start = 0; start < cells.length; start += 1) {
    if (seen[start]) continue;
    const area = [start];
    seen[start] = 1;
    for (const cell of area) {
      const [x, y] = [cell % WIDTH, Math.floor(cell / WIDTH)];
      for (const [dx, dy] of NEIGHBOURS) {
        if (!inside(x + dx, y + dy)) continue;
        const next = at(x + dx, y + dy);
        if (seen[next] || !same(cells[start], cells[next])) continue;
        seen[next] = 1;
        area.push(next);
      }
    }
    found.push(area);
  }
  return found;
}

/** Islets sink; lakes are filled. */
function tidyLand(land) {
  const parts = areas(land, (a, b) => a === b);
  for (const part of parts) {
    const isLand = land[part[0]] !== SEA;
    if (isLand && part.length < SMALLEST_ISLAND) for (const cell of part) land[cell] = SEA;
    if (!isLand && !part.includes(0)) for (const cell of part) land[cell] = 0;
  }
}

/** Districts of like size (Lloyd's algorithm), with borders bent by noise. */
function drawDistricts(land) {
  const cells = [...land.keys()].filter((cell) => land[cell] !== SEA);
  const bent = new Map(
    cells.map((cell) => {
      const [x, y] = [cell % WIDTH, Math.floor(cell / WIDTH)];
      return [cell, [x + 20 * noise(x / 26, y / 26, 5), y + 20 * noise(x / 26, y / 26, 9)]];
    }),
  );
  let seeds = Array.from({ length: DISTRICTS }, (_, i) =>
    bent.get(cells[Math.floor(hash(i, 7, 3) * cells.length)]),
  );
  for (let round = 0; round < 40; round += 1) {
    const sums = seeds.map(() => [0, 0, 0]);
    for (const cell of cells) {
      const [x, y] = bent.get(cell);
      const nearest = nearestSeed(seeds, x, y);
      land[cell] = nearest;
      sums[nearest][0] += x;
      sums[nearest][1] += y;
      sums[nearest][2] += 1;
    }
    seeds = sums.map(([x, y, n], i) => (n === 0 ? seeds[i] : [x / n, y / n]));
  }
  return seeds;
}

function nearestSeed(seeds, x, y) {
  const squares = seeds.map(([sx, sy]) => (sx - x) ** 2 + (sy - y) ** 2);
  return squares.indexOf(Math.min(...squares));
}

/** Each cell takes the label of most of its neighbours; then scraps go to a neighbour. */
function tidyDistricts(land) {
  for (let round = 0; round < 6; round += 1) {
    const before = land.slice();
    for (const cell of land.keys()) {
      if (before[cell] === SEA) continue;
      land[cell] = commonest(
        around(cell)
          .map((next) => before[next])
          .filter((label) => label !== SEA)
          .concat(before[cell], before[cell]),
      );
    }
  }
  for (const part of areas(land, (a, b) => a === b)) {
    if (land[part[0]] === SEA || part.length > 400) continue;
    const borders = part
      .flatMap((cell) => around(cell).map((next) => land[next]))
      .filter((label) => label !== SEA && label !== land[part[0]]);
    if (borders.length > 0) {
      const label = commonest(borders);
      for (const cell of part) land[cell] = label;
    }
  }
}

function around(cell) {
  const [x, y] = [cell % WIDTH, Math.floor(cell / WIDTH)];
  const found = [];
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1)
      if ((dx || dy) && inside(x + dx, y + dy)) found.push(at(x + dx, y + dy));
  }
  return found;
}

function commonest(labels) {
  const counts = new Map();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
}

/** No two cells of a label may touch at a corner only: their outline would cross itself. */
function breakCorners(land) {
  for (let changed = true; changed; ) {
    changed = false;
    for (let y = 0; y + 1 < HEIGHT; y += 1) {
      for (let x = 0; x + 1 < WIDTH; x += 1) {
        const [a, b, c, d] = [land[at(x, y)], land[at(x + 1, y)], land[at(x, y + 1)], land[at(x + 1, y + 1)]];
        if (a === d && b !== a && c !== a) {
          land[at(x + 1, y)] = a;
          changed = true;
        } else if (b === c && a !== b && d !== b) {
          land[at(x, y)] = b;
          changed = true;
        }
      }
    }
  }
}

/** The outlines of a district, its cells to the right of each step. */
function outlines(land, label) {
  const steps = new Map();
  const is = (x, y) => inside(x, y) && land[at(x, y)] === label;
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      if (!is(x, y)) continue;
      if (!is(x, y - 1)) steps.set(`${x},${y}`, [x + 1, y]);
      if (!is(x + 1, y)) steps.set(`${x + 1},${y}`, [x + 1, y + 1]);
      if (!is(x, y + 1)) steps.set(`${x + 1},${y + 1}`, [x, y + 1]);
      if (!is(x - 1, y)) steps.set(`${x},${y + 1}`, [x, y]);
    }
  }
  const rings = [];
  while (steps.size > 0) {
    const ring = [[...steps.keys()][0].split(',').map(Number)];
    for (let next = steps.get(ring[0].join()); next; next = steps.get(next.join())) {
      steps.delete(ring.at(-1).join());
      ring.push(next);
    }
    rings.push(ring);
  }
  return rings;
}

/** Rounds a line's steps; where several lines meet, the point stays. */
function smooth(line) {
  const closed = line[0].join() === line.at(-1).join();
  let points = line.map(([x, y]) => [x, y]);
  for (let round = 0; round < SMOOTHINGS; round += 1) {
    points = points.map((point, i) => {
      const end = i === 0 || i === points.length - 1;
      if (end && !closed) return point;
      const before = end ? points.at(-2) : points[i - 1];
      const after = end ? points[1] : points[i + 1];
      return [0, 1].map((axis) => (before[axis] + 2 * point[axis] + after[axis]) / 4);
    });
  }
  if (!closed) return thin(points);
  const half = Math.floor(points.length / 2);
  return [...thin(points.slice(0, half + 1)), ...thin(points.slice(half)).slice(1)];
}

/** Douglas-Peucker: leaves out what lies within the tolerance of the line without it. */
function thin(points) {
  const [first, last] = [points[0], points.at(-1)];
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]];
  const length = Math.hypot(dx, dy) || 1;
  const off = points.map(([x, y]) => Math.abs(dx * (y - first[1]) - dy * (x - first[0])) / length);
  const farthest = off.indexOf(Math.max(...off));
  if (points.length < 3 || off[farthest] < TOLERANCE_CELLS) return [first, last];
  return [...thin(points.slice(0, farthest + 1)), ...thin(points.slice(farthest)).slice(1)];
}

const land = drawLand();
tidyLand(land);
const seeds = drawDistricts(land);
tidyDistricts(land);
breakCorners(land);

// Numbered as one reads: from the north-west to the south-east.
const order = [...seeds.keys()].sort(
  (a, b) => seeds[a][1] + seeds[a][0] / 3 - (seeds[b][1] + seeds[b][0] / 3),
);
const features = order.map((label, index) => ({
  type: 'Feature',
  id: index + 1,
  properties: {},
  geometry: { type: 'MultiPolygon', coordinates: outlines(land, label).map((ring) => [ring]) },
}));
const drawn = topology({ districts: { type: 'FeatureCollection', features } });
drawn.arcs = drawn.arcs.map((arc) =>
  smooth(arc).map(([x, y]) => [WEST + x * CELL_DEGREES, NORTH - y * CELL_DEGREES]),
);
delete drawn.bbox;
process.stdout.write(`${JSON.stringify(quantize(drawn, QUANTA))}\n`);
