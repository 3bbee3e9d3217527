import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHouseNumber, readingsOf } from '../src/legislatures/geocoding/streets/house-number.js';
import { parseAddress } from '../src/legislatures/geocoding/streets/parse-address.js';
import { normaliseStreet, wordsOf } from '../src/legislatures/geocoding/streets/street-name.js';

const nameOf = (text: string) => normaliseStreet(wordsOf(text));

describe('a street’s name', () => {
  test.each([
    ['North Main Street', 'N Main St.'],
    ['Mill Avenue Northwest', 'Mill Ave NW'],
    ['Saint Mark’s Place', "St. Mark's Pl"],
    ['Fifth Avenue', '5th Ave'],
    ['Fort Hill Boulevard', 'FT HILL BLVD'],
    ['Peña Court', 'Pena Ct'],
    ['State Highway 7', 'State Hwy 7'],
    ['Kestrel-Hill Road', 'Kestrel Hill Rd'],
  ])('%s is %s', (one, other) => {
    expect(nameOf(one)).toEqual(nameOf(other));
  });

  test.each([
    ['North Street', 'N Street'],
    ['Park Avenue', 'Park Place'],
    ['Main St NE', 'Main St NW'],
    ['1st St', '11th St'],
  ])('%s is not %s', (one, other) => {
    expect(nameOf(one).street).not.toBe(nameOf(other).street);
  });

  test.each([
    ['N Mill St SE', 'ML'],
    ['North Street', 'NORTH'],
    ['Avenue C', 'AVE C'],
    ['Park Ave', 'PARK'],
    ['Court Street', 'CT'],
    ['Broadway', 'BROADWAY'],
    ['Street', 'ST'],
  ])('the core of %s is %s', (name, core) => {
    expect(nameOf(name).core).toBe(core);
  });

  test('to bring it into its form twice changes nothing, whatever it is', () => {
    const word = fc.constantFrom(
      'North',
      'N',
      'Main',
      'Street',
      'St',
      'Ave',
      'Saint',
      'First',
      'C',
      '7',
      'NW',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const once = nameOf(words.join(' '));
        expect(nameOf(once.street).street).toBe(once.street);
        expect(once.core).not.toBe('');
      }),
    );
  });
});

describe('a house number', () => {
  test.each([
    ['12', '', 12],
    ['12a', '', 12],
    ['12-B', '', 12],
    ['12½', '', 12],
    ['12 1/2', '', 12],
    ['41-02', '41-', 2],
    ['41–02', '41-', 2],
    ['N101', 'N', 101],
    ['N6W23001', 'N6W', 23001],
    ['007', '', 7],
  ])('%s is %j and %d', (text, prefix, number) => {
    expect(parseHouseNumber(text)).toEqual({ prefix, number });
  });

  test.each(['', 'A', '-', '123456789012', 'Mill', '１'.repeat(20)])('%j is none', (text) => {
    expect(parseHouseNumber(text)).toBeUndefined();
  });

  test('is read with and without its hyphen, as it is written first', () => {
    expect(readingsOf('41-02')).toEqual([
      { prefix: '41-', number: 2 },
      { prefix: '', number: 4102 },
      { prefix: '', number: 41 },
    ]);
    expect(readingsOf('4102')).toEqual([
      { prefix: '', number: 4102 },
      { prefix: '41-', number: 2 },
    ]);
  });
});

describe('an address as people type it', () => {
  test.each([
    ['12 Mill St, Ostrel, ZZ 01234', ['12', 'MILL ST', '01234']],
    ['12 Mill St Ostrel 01234-5678', ['12', 'MILL ST OSTREL', '01234']],
    ['12 Mill St Apt 4B, Ostrel 01234', ['12', 'MILL ST', '01234']],
    ['12 Mill St #4, Ostrel 01234, USA', ['12', 'MILL ST', '01234']],
    ['12 Mill St\r\nOstrel\r\n01234', ['12', 'MILL ST', '01234']],
    ['12 1/2 Mill St, 01234', ['12 1/2', 'MILL ST', '01234']],
    ['41-02 Mill St, 01234', ['41-02', 'MILL ST', '01234']],
    ['12 Mill St', ['12', 'MILL ST', undefined]],
  ])('%j', (text, [house, street, postcode]) => {
    const parsed = parseAddress(text);
    expect(parsed && [parsed.house, parsed.street.join(' '), parsed.postcode]).toEqual([
      house,
      street,
      postcode,
    ]);
  });

  test.each(['', '01234', 'Mill St', 'Mill St 12', '12', '12 ,', `12 ${'x'.repeat(300)} St`])(
    '%j is none',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  test('any text is read in no time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('1', '-', ' ', 'a', ',', '½', '#'), maxLength: 5000 }),
        (text) => {
          const before = performance.now();
          parseAddress(text);
          expect(performance.now() - before).toBeLessThan(100);
        },
      ),
    );
  });
});
