import fc from 'fast-check';
import { parse, stringify } from 'yaml';

/** Values of a kind that nobody expects, or of the right kind and out of all bounds. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 0.5, 2 ** 53, 1e300, -1e300, 1e-300],
  ...['', ' ', 'x', '0', '-1', '1e999', '2026-02-30', '../../x', '__proto__', 'constructor', 'toString'],
  ...['a\u0000b', 'a\u001bb', '\ud800', 'a\ufffeb', '\ufeff', '\u202eabc', 'x'.repeat(3000), 'é\n\r\tb'],
  ...[[], {}, [null], [[]], [{}], ['x', 'x'], { toString: 1 }, { length: -1 }, { id: null }, [[[[[[1]]]]]]],
  Array.from({ length: 2000 }, () => null),
  Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], 1),
];

/** One change of a value inside of JSON or YAML; `at` is which one, as a share of all. */
export interface ValueChange {
  readonly kind: 'node';
  readonly how: 'replace' | 'remove' | 'double';
  readonly at: number;
  readonly value: unknown;
}

export function valueChange(at: fc.Arbitrary<number>): fc.Arbitrary<ValueChange> {
  return fc.record({
    kind: fc.constant('node' as const),
    how: fc.constantFrom('replace' as const, 'replace', 'replace', 'remove', 'double'),
    at,
    value: fc.constantFrom(...VALUES),
  });
}

/** Undefined for what is neither JSON nor YAML of more than one value. */
export function changeValue(bytes: Buffer, change: ValueChange): Buffer | undefined {
  const text = bytes.toString();
  const json = /^\s*[[{]/.test(text);
  let root: unknown;
  try {
    root = json ? JSON.parse(text) : parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
  const places = placesIn(root);
  const place = places[Math.min(places.length - 1, Math.floor(change.at * places.length))];
  if (place === undefined) return undefined;
  changeAt(place, change);
  return Buffer.from(json ? `${JSON.stringify(root)}\n` : stringify(root));
}

interface Place {
  readonly parent: Record<string, unknown> | unknown[];
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Place['parent'];
  return Object.entries(value).flatMap(([key, inner]) => [{ parent, key }, ...placesIn(inner)]);
}

function changeAt({ parent, key }: Place, { how, value }: ValueChange): void {
  if (Array.isArray(parent)) {
    const index = Number(key);
    if (how === 'replace') parent[index] = value;
    else parent.splice(index, how === 'remove' ? 1 : 0, ...(how === 'double' ? [parent[index]] : []));
    return;
  }
  if (how === 'remove') delete parent[key];
  else parent[how === 'double' ? `${key}_2` : key] = how === 'double' ? parent[key] : value;
}
