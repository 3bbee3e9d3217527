import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AlertContent,
  letterFor,
  PLACEHOLDERS,
  POSITIONS,
  type Position,
  positionOf,
  readAlertFile,
  renderTemplate,
  takeText,
  templateFor,
} from '../src/alerts/index.js';
import { placeholdersIn, problemsInTemplate } from '../src/alerts/letter/template.js';
import { alertFile, alertText } from './support/alert-text.js';

const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[{}\n]/.test(text));
const value = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n')),
  fc.constantFrom('{{constituent.name}}', '{{', '}}', '$&', '$1', '\\', '{{measure.title}} '),
);
const name = fc.constantFrom(...PLACEHOLDERS);

describe('a template', () => {
  test('without placeholders is itself', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => renderTemplate(lines.join('\n'), {}) === lines.join('\n')),
    );
  });

  test('holds each value as it is, and never reads a value as a template', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, name), { minLength: 1 }),
        fc.array(value, { minLength: 13, maxLength: 13 }),
        (parts, list) => {
          const values = Object.fromEntries(
            PLACEHOLDERS.map((placeholder, index) => [placeholder, list[index] ?? '']),
          );
          const template = parts.map(([text, placeholder]) => `${text}{{ ${placeholder} }}`).join('');
          const expected = parts.map(([text, placeholder]) => `${text}${values[placeholder]}`).join('');
          expect(renderTemplate(template, values)).toBe(expected);
        },
      ),
    );
  });

  test('leaves a line out when its value is missing, with the empty line behind it', () => {
    const template = 'One.\n\nMy name is {{constituent.name}}.\n\nTwo.\n';
    expect(renderTemplate(template, {})).toBe('One.\n\nTwo.\n');
    expect(renderTemplate(template, { 'constituent.name': 'Ada' })).toBe('One.\n\nMy name is Ada.\n\nTwo.\n');
    expect(renderTemplate('{{constituent.name}}\n\nOne.', {})).toBe('One.');
    expect(renderTemplate('One.\n{{constituent.name}}\nTwo.', {})).toBe('One.\nTwo.');
    expect(renderTemplate('{{constituent.name}}', {})).toBe('');
  });

  test('takes the space behind an empty value along', () => {
    expect(
      renderTemplate('Dear {{officeholder.title}} {{officeholder.name}},', {
        'officeholder.title': '',
        'officeholder.name': 'Ada',
      }),
    ).toBe('Dear Ada,');
  });

  test('says which placeholders it needs, and which nobody knows', () => {
    expect([...placeholdersIn('{{measure.number}} {{ measure.number }}\n{{alert.headline}} {{x}}')]).toEqual([
      'measure.number',
      'alert.headline',
    ]);
    expect(problemsInTemplate('{{x}} {{measure.number}} {{x}} }} {{')).toEqual([
      { text: '{{x}}', name: 'x', occurrence: 0 },
      { text: '{{x}}', name: 'x', occurrence: 1 },
      { text: '}}', name: undefined, occurrence: 3 },
      { text: '{{', name: undefined, occurrence: 3 },
    ]);
    for (const inherited of ['__proto__', 'constructor', 'toString']) {
      expect(problemsInTemplate(`{{${inherited}}}`)).toHaveLength(1);
      expect(renderTemplate(`{{${inherited}}}`, {})).toBe(`{{${inherited}}}`);
    }
  });

  test('is filled in without waiting, however its braces stand', () => {
    const begin = performance.now();
    renderTemplate('{{'.repeat(50_000) + '{{{'.repeat(50_000) + '}'.repeat(50_000), {});
    expect(performance.now() - begin).toBeLessThan(500);
  });
});

const officeholder = {
  id: 'person-9',
  name: 'Ada Quill',
  familyName: 'Quill',
  title: 'Deputy',
  party: 'Tide',
  chamber: 'Assembly',
  division: 'Ostrel North',
};
const organisation = { name: 'Friends of the Lamp' };

async function content(): Promise<AlertContent> {
  return (await readAlertFile(alertFile(alertText()))).content;
}

describe('the letter to one officeholder', () => {
  test('is the one for their position; who has none gets the letter itself', async () => {
    const alert = await content();
    const subjectFor = (id: string) =>
      letterFor({ content: alert, officeholder: { ...officeholder, id }, organisation }).subject;
    expect(positionOf(alert, 'person-1')).toBe('sponsor');
    expect(subjectFor('person-1')).toBe('Bill 12: thank you');
    expect(subjectFor('person-2')).toBe('Bill 12: thank you');
    expect(subjectFor('person-3')).toBe('Bill 12: please keep the lamp lit');
    expect(
      letterFor({ content: alert, officeholder: { ...officeholder, id: 'person-3' }, organisation })
        .statement,
    ).toBe('We ask you to think again, Deputy Quill.\n');
    expect(subjectFor('person-9')).toBe('Bill 12: please keep the lamp lit');
  });

  test('is exactly one, whatever the variants: the first that names the position', async () => {
    const alert = await content();
    const variants = fc.array(fc.subarray([...POSITIONS], { minLength: 1 }), { maxLength: 6 });
    const positions = fc.dictionary(fc.stringMatching(/^p\d$/), fc.constantFrom(...POSITIONS));
    fc.assert(
      fc.property(variants, positions, fc.stringMatching(/^p\d$/), (lists, standing, id) => {
        const varied: AlertContent = {
          ...alert,
          variants: lists.map((list, index) => ({
            positions: list,
            subject: `variant ${index}`,
            statement: null,
            message: null,
          })),
          measure: {
            ...present(alert.measure),
            positions: Object.entries(standing).map(([who, position]) => ({ officeholder: who, position })),
          },
        };
        const position: Position = standing[id] ?? 'none';
        const first = lists.findIndex((list) => list.includes(position));
        const template = templateFor(varied, id);
        expect(template.subject).toBe(first === -1 ? alert.letter.subject : `variant ${first}`);
        expect(template.statement).toBe(alert.letter.statement);
      }),
    );
  });

  test('reads well before the supporter has told a name, and says it after', async () => {
    const alert = await content();
    const before = letterFor({ content: alert, officeholder, organisation });
    expect(before.message).toBe('I write to you as a constituent.\n');
    const after = letterFor({
      content: alert,
      officeholder,
      organisation,
      constituent: { name: 'Bo  Lind\n' },
    });
    expect(after.message).toBe('I write to you as a constituent.\nMy name is Bo Lind.\n');
    expect(letterFor({ content: alert, officeholder, organisation, constituent: { name: '  ' } })).toEqual(
      before,
    );
  });

  test('is one line of subject and texts already taken in, whatever the names are', async () => {
    const alert = {
      ...(await content()),
      letter: {
        subject: '{{officeholder.name}}',
        statement: 'To {{officeholder.name}}\r\n\n',
        message: '{{constituent.name}}\n',
      },
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (who, supporter) => {
        const letter = letterFor({
          content: alert,
          officeholder: { ...officeholder, name: who },
          organisation,
          constituent: { name: supporter },
        });
        expect(letter.subject).not.toMatch(/[\r\n]/);
        for (const part of [letter.statement, letter.message])
          expect(part === '' || takeText(part) === part).toBe(true);
      }),
    );
  });
});

function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('it is missing');
  return value;
}
