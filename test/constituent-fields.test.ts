import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressOf,
  checkFacts,
  checkNames,
  FACT_FIELDS,
  NO_FACTS,
  nameOf,
  type TypedFacts,
  takeFacts,
} from '../src/actions/write/constituent-fields.js';
import { oneLine } from '../src/delivery/index.js';
import { sized } from './support/trial.js';

describe('facts', () => {
  const words = fc.stringMatching(/^[\p{L}\p{N}'. -]{3,40}$/u);
  const facts = fc.record<TypedFacts>({
    given_name: words,
    family_name: words,
    prefix: fc.constantFrom('Mr.', 'Mrs.', 'Miss', 'Ms.', 'Dr.'),
    address_line1: words,
    address_line2: fc.oneof(fc.constant(''), words),
    city: words,
    state: fc.constantFrom('CA', 'DC', 'PR', 'WY'),
    zip: fc.stringMatching(/^ ?\d{5}(-\d{4})? ?$/),
    phone: fc.oneof(
      fc.constant(''),
      fc
        .tuple(
          fc.constantFrom('', '1 ', '+1-'),
          fc.stringMatching(/^\d{10}$/),
          fc.constantFrom('', ' ', '-', '.'),
        )
        .map(([front, digits, between]) =>
          [`${front}${digits.slice(0, 3)}`, digits.slice(3, 6), digits.slice(6)].join(between),
        ),
    ),
  });

  test('that pass the check say what was typed, and nothing else', () => {
    fc.assert(
      fc.property(facts, (typed) => {
        fc.pre([...checkNames(typed, 'A'), ...checkFacts(typed, 'A')].length === 0);
        const taken = takeFacts(typed);
        expect(taken).toMatchObject({
          prefix: typed.prefix,
          firstName: oneLine(typed.given_name),
          lastName: oneLine(typed.family_name),
          address1: oneLine(typed.address_line1),
          city: oneLine(typed.city),
          state: typed.state,
          zip: typed.zip.trim(),
        });
        expect('address2' in taken).toBe(typed.address_line2.trim() !== '');
        expect('phone' in taken).toBe(typed.phone !== '');
        if (taken.phone !== undefined) {
          expect(taken.phone).toMatch(/^\d{3}-\d{3}-\d{4}$/);
          expect(typed.phone.replace(/\D/g, '')).toContain(taken.phone.replaceAll('-', ''));
        }
        expect(nameOf(typed)).toBe(oneLine(`${taken.firstName} ${taken.lastName}`));
        for (const part of [taken.address1, taken.city, taken.state, taken.zip])
          expect(addressOf(typed)).toContain(part);
      }),
      { numRuns: sized(500, 20_000) },
    );
  });

  test('that are not typed are missed, each by its name', () => {
    const problems = [...checkNames(NO_FACTS, 'A'), ...checkFacts(NO_FACTS, 'A')];
    const missed = problems.map(({ field }) => field);
    expect(missed.sort()).toEqual(
      FACT_FIELDS.filter((field) => field !== 'phone' && field !== 'address_line2').toSorted(),
    );
  });
});
