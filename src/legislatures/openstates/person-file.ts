import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { readYaml, type YamlBudget } from '../files/yaml-file.js';

const Text = Type.String({ maxLength: 1000 });
const maybe = Type.Union([Text, Type.Null()]);
const Role = Type.Object({
  type: Text,
  /** Not in quotes, a number is one. */
  district: Type.Optional(Type.Union([Text, Type.Number(), Type.Null()])),
  jurisdiction: Type.Optional(maybe),
  start_date: Type.Optional(Type.Union([maybe, Type.Number()])),
  end_date: Type.Optional(Type.Union([maybe, Type.Number()])),
});
const Office = Type.Object({
  classification: Text,
  address: Type.Optional(maybe),
  voice: Type.Optional(maybe),
  fax: Type.Optional(maybe),
});
const Person = Type.Object({
  id: Type.String({ pattern: '^ocd-person/[0-9a-f-]{36}$' }),
  name: Type.String({ minLength: 1, maxLength: 300 }),
  given_name: Type.Optional(maybe),
  family_name: Type.Optional(maybe),
  email: Type.Optional(maybe),
  party: Type.Optional(Type.Array(Type.Object({ name: Text, end_date: Type.Optional(Type.Unknown()) }))),
  roles: Type.Array(Role, { minItems: 1 }),
  offices: Type.Optional(Type.Array(Office)),
  links: Type.Optional(Type.Array(Type.Object({ url: Text, note: Type.Optional(maybe) }))),
  ids: Type.Optional(Type.Record(Type.String(), Type.Union([maybe, Type.Number()]))),
  other_identifiers: Type.Optional(
    Type.Array(Type.Object({ scheme: Text, identifier: Type.Union([Text, Type.Number()]) })),
  ),
});
export type OpenStatesPerson = Static<typeof Person>;
export type OpenStatesRole = Static<typeof Role>;

const person = Compile(Person);

/**
 * Reads the file of one person (github.com/openstates/people).
 * @throws AppError `invalid_file` with the line of the field.
 */
export function readPersonFile(file: SourceFile, budget: YamlBudget): OpenStatesPerson {
  const { value, lineOf } = readYaml(file, budget);
  if (person.Check(value)) return value;
  const [problem] = person.Errors(value);
  const place = problem?.instancePath ?? '';
  return refuseFile(
    file.name,
    `a person cannot be read: ${place || 'it'} ${problem?.message ?? 'is unusable'}`,
    {
      line: lineOf(place.split('/')[1] ?? ''),
    },
  );
}
