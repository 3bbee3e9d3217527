import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../../errors.js';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { readTarGz } from '../files/tar-archive.js';
import { readYaml, YamlBudget } from '../files/yaml-file.js';
import type { ContactFormNeeds, FormField } from '../model.js';

const MOST_UNPACKED_BYTES = 32 * 1024 * 1024;
const MOST_FORM_BYTES = 256 * 1024;
const MEMBER_FILE = /(?:^|\/)members\/([A-Z]\d{6})\.yaml$/;
/** `$EMAIL` stands for what the person fills in; anything else is the form's own. */
const VARIABLE = /^\$([A-Z][A-Z0-9_]*)$/;
const CAPTCHA_VARIABLE = 'captcha_solution';
const TOPIC_VARIABLE = 'topic';
const MESSAGE_VARIABLE = 'message';
/** What a campaign says of itself: nothing that a person fills in. */
const OF_THE_CAMPAIGN = new Set(['campaign_uuid', 'permalink', 'org_url', 'org_name']);
const LONGEST_CHOICES = 400;
/** Lists of states and counties say nothing that a person does not know. */
const KNOWN_CHOICES = /^address_/;

const Step = Type.Object({
  value: Type.Optional(Type.Unknown()),
  required: Type.Optional(Type.Unknown()),
  options: Type.Optional(Type.Unknown()),
});
const recipe = Compile(
  Type.Object({
    bioguide: Type.String(),
    contact_form: Type.Object({ steps: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
  }),
);
const steps = Compile(Type.Array(Step));
type Step = Static<typeof Step>;

export interface ContactFormsRead {
  /** By bioguide id. */
  readonly forms: ReadonlyMap<string, ContactFormNeeds>;
  /** Descriptions with a mistake in them: they are kept by hand. */
  readonly broken: readonly string[];
}

/**
 * Reads what the contact forms of offices ask for from an archive of unitedstates/contact-congress.
 * The recipes there also say how to send a form; that is neither kept nor run, and no script in them is looked at.
 * @throws AppError `invalid_file` with the file in the archive and the line.
 */
export function readContactForms(archive: SourceFile): ContactFormsRead {
  const members = readTarGz(archive, { wanted: MEMBER_FILE, mostBytes: MOST_UNPACKED_BYTES });
  if (members.size === 0) refuseFile(archive.name, 'there is no members/….yaml in it');
  const forms = new Map<string, ContactFormNeeds>();
  const broken: string[] = [];
  const budget = new YamlBudget();
  for (const [name, bytes] of members) {
    const bioguide = MEMBER_FILE.exec(name)?.[1] ?? name;
    try {
      const form = readForm({ name: `${archive.name}/${name}`, bytes }, budget);
      if (form !== undefined) forms.set(bioguide, form);
    } catch (error) {
      if (!(error instanceof AppError) || budget.isSpent) throw error;
      broken.push(bioguide);
    }
  }
  return { forms, broken };
}

/** Undefined for an office that has no form, or takes letters by a system of its own. */
function readForm(file: SourceFile, budget: YamlBudget): ContactFormNeeds | undefined {
  if (file.bytes.length > MOST_FORM_BYTES) refuseFile(file.name, `it has more than ${MOST_FORM_BYTES} bytes`);
  // Many of the files are written by hand and lack the last line's end.
  const bytes = file.bytes.at(-1) === 0x0a ? file.bytes : Buffer.concat([file.bytes, Buffer.from('\n')]);
  const { value } = readYaml({ ...file, bytes }, budget);
  if (!recipe.Check(value))
    return refuseFile(file.name, 'the description of a form cannot be read', { line: 1 });
  const filled = value.contact_form.steps.flatMap(stepsIn);
  const asked = filled.flatMap((step) => askedBy(step) ?? []);
  const captcha =
    value.contact_form.steps.some((step) => 'recaptcha' in step) ||
    asked.some(({ asks }) => asks === CAPTCHA_VARIABLE);
  const fields = asked.filter(({ asks }) => asks !== CAPTCHA_VARIABLE && !OF_THE_CAMPAIGN.has(asks));
  if (fields.length === 0) return undefined;
  const longest = fields.find(({ asks }) => asks === MESSAGE_VARIABLE)?.longest;
  return {
    fields: mergeTwice(fields),
    topics: fields.find(({ asks }) => asks === TOPIC_VARIABLE)?.choices ?? [],
    ...(longest !== undefined && { longestMessage: longest }),
    ...(captcha && { captcha: true }),
  };
}

const FILLING = ['fill_in', 'select', 'check', 'choose'];

function stepsIn(step: Readonly<Record<string, unknown>>): Step[] {
  return FILLING.flatMap((verb) => {
    const list = step[verb];
    return steps.Check(list) ? list : [];
  });
}

function askedBy({ value, required, options }: Step): FormField | undefined {
  const asks = typeof value === 'string' ? VARIABLE.exec(value)?.[1]?.toLowerCase() : undefined;
  if (asks === undefined) return undefined;
  const longest = longestOf(options);
  const choices = choicesOf(options);
  return {
    asks,
    required: required === true || required === 'true' || required === 'Yes',
    ...(longest !== undefined && { longest }),
    ...(choices.length > 0 && !KNOWN_CHOICES.test(asks) && { choices }),
  };
}

function longestOf(options: unknown): number | undefined {
  if (typeof options !== 'object' || options === null || !('max_length' in options)) return undefined;
  const { max_length: longest } = options;
  return typeof longest === 'number' && Number.isInteger(longest) && longest > 0 ? longest : undefined;
}

/** A list of answers, or answers with the form's own values for them; names of lists kept elsewhere are none. */
function choicesOf(options: unknown): string[] {
  if (typeof options !== 'object' || options === null || 'max_length' in options) return [];
  const answers: readonly unknown[] = Array.isArray(options) ? options : Object.keys(options);
  const words = answers
    .filter((answer) => typeof answer === 'string' || typeof answer === 'number')
    .map(String);
  return words.filter((word) => word !== '').slice(0, LONGEST_CHOICES);
}

/** A form in steps asks some things twice. */
function mergeTwice(fields: readonly FormField[]): FormField[] {
  const merged = new Map<string, FormField>();
  for (const field of fields) {
    const known = merged.get(field.asks);
    merged.set(
      field.asks,
      known === undefined ? field : { ...field, ...known, required: known.required || field.required },
    );
  }
  return [...merged.values()];
}
