import fc from 'fast-check';
import { changeValue, type ValueChange, valueChange } from './mutate-values.js';

/** What parsers stumble over, put where a value was or between two bytes. */
const TOKENS: readonly (string | Buffer)[] = [
  ...['null', 'true', '-1', '1e999', '0.1e-400', '9'.repeat(400), '0x1F', 'NaN', '1_000', '-0'],
  ...['[]', '{}', '""', '"', "'", '`', '[', '}', '[['.repeat(50), '{"a":'.repeat(70), '{"toString":1}'],
  ...['\n', '\r', '\r\n', '\t', ' ', ',', ';', ':', '- ', '? ', '\\', '|\n', '>\n', '# ', '---\n', '...\n'],
  ...['&a ', '*a', '!!set ', '!!binary ', '<<: ', '%YAML 1.1\n---\n', '\\u0000', '\\ud800', '\\x', '\\u12'],
  ...['__proto__', 'constructor', 'toString', 'length', 'undefined', '=1+1', "'; drop table x; --", '<b>'],
  ...['../../../../tmp/x', '/tmp/x', 'C:\\x', '..\\x', 'file:///etc/passwd', 'javascript:alert(1)', '//x'],
  ...['2026-02-30', '0000', '9999-12-31', '2026-13', 'ocd-division/country:zz', 'x'.repeat(5000), '￾'],
  ...['\0', '\u001b[2J', '\u2028', '\u202e', '\ufeff', '\u{1f600}', 'İ', 'ǰ', '١٢', '½', 'é'.repeat(300)],
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0xc3, 0x28]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xf4, 0x90, 0x80, 0x80]),
  Buffer.alloc(64),
];
/** Counts and offsets in binary files. */
const NUMBERS = [0, 1, -1, 2, 255, 65_535, 65_536, 2 ** 24, 2 ** 31 - 1, -(2 ** 31), 100, 44];
/** A word, a number or a text in quotes: what stands for a value in JSON, YAML and CSV. */
const VALUE = /"(?:[^"\\\n]|\\.)*"|[\p{L}\p{N}_.@+-]+/gu;

/** One change; `at` is where, as a share of the whole. */
type Change =
  | ValueChange
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'flip'; readonly at: number; readonly bits: number }
  | { readonly kind: 'double' | 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert' | 'value'; readonly at: number; readonly token: string | Buffer }
  | { readonly kind: 'number'; readonly at: number; readonly number: number; readonly little: boolean };

/** Numbers near 0 are no likelier than others: most of a file lies behind its beginning. */
const at = fc.noBias(fc.nat(1_000_000)).map((millionths) => millionths / 1_000_000);
const token = fc.constantFrom(...TOKENS);
/** In quotes, it is a text in every format. */
const value = fc.oneof(
  token,
  token.map((found) => (typeof found === 'string' ? `"${found}"` : found)),
);
const length = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 }));

/** From one to three changes of a file. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), at }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('flip' as const),
        at,
        bits: fc.integer({ min: 1, max: 255 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('double' as const, 'remove'), at, length }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('insert' as const), at, token }) },
    { weight: 12, arbitrary: valueChange(at) },
    { weight: 12, arbitrary: fc.record({ kind: fc.constant('value' as const), at, token: value }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('number' as const),
        at,
        number: fc.constantFrom(...NUMBERS),
        little: fc.boolean(),
      }),
    },
  ),
  { minLength: 1, maxLength: 3 },
);

export function applyChanges(bytes: Buffer, list: readonly Change[]): Buffer {
  return list.reduce(applyChange, bytes);
}

function applyChange(bytes: Buffer, change: Change): Buffer {
  const place = Math.min(bytes.length, Math.floor(change.at * (bytes.length + 1)));
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (change.kind) {
    case 'cut':
      return before;
    case 'flip':
      return Buffer.concat([
        before,
        Buffer.from(after.subarray(0, 1).map((byte) => byte ^ change.bits)),
        after.subarray(1),
      ]);
    case 'double':
      return Buffer.concat([before, after.subarray(0, change.length), after]);
    case 'remove':
      return Buffer.concat([before, after.subarray(change.length)]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(change.token), after]);
    case 'node':
      return changeValue(bytes, change) ?? replaceValue(bytes, change.at, '');
    case 'value':
      return replaceValue(bytes, change.at, change.token);
    case 'number':
      return writeNumber(bytes, place, change);
  }
}

function replaceValue(bytes: Buffer, share: number, value: string | Buffer): Buffer {
  const values = [...bytes.toString('latin1').matchAll(VALUE)];
  const found = values[Math.min(values.length - 1, Math.floor(share * values.length))];
  if (found === undefined) return bytes;
  return Buffer.concat([
    bytes.subarray(0, found.index),
    Buffer.from(value),
    bytes.subarray(found.index + found[0].length),
  ]);
}

function writeNumber(
  bytes: Buffer,
  place: number,
  { number, little }: { readonly number: number; readonly little: boolean },
): Buffer {
  const aligned = place - (place % 2);
  if (aligned + 4 > bytes.length) return bytes;
  const changed = Buffer.from(bytes);
  if (little) changed.writeInt32LE(number, aligned);
  else changed.writeInt32BE(number, aligned);
  return changed;
}
