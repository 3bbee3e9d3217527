import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '../../errors.js';
import { readOfficeKey } from './office-key.js';
import { readBehaviours } from './read-behaviours.js';
import type { OfficeScript, Script } from './script.js';
import { ScriptProblems } from './script-problems.js';

const MOST_CHARACTERS = 1_000_000;
const LONGEST_WORD = 320;

const Codes = Type.Optional(Type.Array(Type.String({ maxLength: LONGEST_WORD })));
const ScriptFile = Type.Object(
  {
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
    keys: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_WORD }))),
    activeOffices: Type.Optional(
      Type.Object({ house: Codes, senate: Codes }, { additionalProperties: false }),
    ),
    offices: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);

/**
 * Reads a script file. The format is in docs/simulator.md.
 * @throws AppError `invalid_file` that lists everything to mend, each with its place in the file.
 */
export function readScript(text: string): Script {
  const problems = new ScriptProblems();
  const file = checkFile(parseJson(text), problems);
  const offices = Object.entries(file.offices ?? {}).flatMap(([name, value]) =>
    readOffice(name, value, problems),
  );
  const { house, senate } = file.activeOffices ?? {};
  const activeOffices = {
    ...(house && { house: readCodes('house', house, problems) }),
    ...(senate && { senate: readCodes('senate', senate, problems) }),
  };
  problems.throwIfAny();
  return { seed: file.seed ?? 1, keys: file.keys, activeOffices, offices };
}

/**
 * Reads what `setScript` is given: one behaviour or a list of them.
 * @throws AppError `invalid_file` or `invalid_input` that says what to mend.
 */
export function readOfficeScript(name: string, value: unknown): OfficeScript {
  const problems = new ScriptProblems();
  const script = readBehaviours({ office: readOfficeKey(name), value, place: name }, problems);
  problems.throwIfAny();
  return script;
}

function parseJson(text: string): unknown {
  if (text.length > MOST_CHARACTERS)
    throw new AppError('invalid_file', { detail: 'The script is longer than a million characters.' });
  try {
    return JSON.parse(text);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('invalid_file', { detail: `The script is no JSON: ${words}.`, cause });
  }
}

/** Where a part is wrong, the others are read all the same, so that their problems are told as well. */
function checkFile(value: unknown, problems: ScriptProblems): Static<typeof ScriptFile> {
  if (Value.Check(ScriptFile, value)) return value;
  problems.addErrors('', ScriptFile, value);
  const given = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const right: unknown = Object.fromEntries(
    Object.entries(ScriptFile.properties).flatMap(([name, schema]) => {
      const part: unknown = given.get(name);
      return part !== undefined && Value.Check(schema, part) ? [[name, part]] : [];
    }),
  );
  return Value.Check(ScriptFile, right) ? right : {};
}

function readOffice(name: string, value: unknown, problems: ScriptProblems): OfficeScript[] {
  const place = `offices["${name}"]`;
  const office = problems.catch(place, () => readOfficeKey(name));
  if (office === undefined) return [];
  return [readBehaviours({ office, value, place }, problems)];
}

function readCodes(chamber: string, codes: readonly string[], problems: ScriptProblems): string[] {
  return codes.flatMap((code, index) => {
    const place = `activeOffices.${chamber}[${index}]`;
    const office = problems.catch(place, () => readOfficeKey(code));
    if (office?.kind === 'code' && office.chamber === chamber) return [office.key];
    if (office !== undefined) problems.add(place, `"${code}" is no code of an office of the ${chamber}`);
    return [];
  });
}
