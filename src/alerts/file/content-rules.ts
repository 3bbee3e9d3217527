import type { Position } from '../alert-content.js';
import { closingTime, isDay } from '../closing-time.js';
import { citesBill } from '../congress/bill.js';
import { type CheckedFields, isAbsent } from './field-problems.js';
import { PATTERNS } from './file-fields.js';
import { pointerTo } from './front-matter.js';

/** Reports what is wrong with the field at a JSON pointer. */
export type Tell = (pointer: string, message: string) => void;

type Fields = CheckedFields['valid'];

/** What no schema says: rules between the fields, and words that only look right. */
export function checkRules(checked: CheckedFields, tell: Tell): void {
  checkLanguage(checked.valid, tell);
  checkDays(checked.valid, tell);
  checkUntil(checked.valid, tell);
  checkAddresses(checked.valid, tell);
  checkWhom(checked, tell);
  checkRights(checked, tell);
  checkPositions(checked.valid, tell);
  checkBill(checked.valid, tell);
  checkVariants(checked, tell);
  checkPictureNames(checked.valid, tell);
}

function checkLanguage({ language }: Fields, tell: Tell): void {
  try {
    Intl.getCanonicalLocales(language);
  } catch {
    tell('/language', `${language} is no language tag: write one such as en or pt-BR`);
  }
}

function checkDays(fields: Fields, tell: Tell): void {
  const days: [pointer: string, day: string | undefined][] = [
    ['/date', fields.date],
    ['/source/published', fields.source?.published],
    ...(fields.corrections ?? []).map(({ date }, index): [string, string] => [
      `/corrections/${index}/date`,
      date,
    ]),
  ];
  for (const [pointer, day] of days) {
    if (day !== undefined && !isDay(day)) tell(pointer, `${day} is not in the calendar`);
  }
}

function checkUntil({ ask, date }: Fields, tell: Tell): void {
  if (ask?.until === undefined) return;
  const end = closingTime(ask.until);
  if (end === undefined) tell('/ask/until', `${ask.until} is not in the calendar`);
  else if (date !== undefined && end.getTime() < Date.parse(date)) {
    tell('/ask/until', `the ask ends before the alert's date, ${date}`);
  }
}

function checkAddresses({ measure, source }: Fields, tell: Tell): void {
  const addresses: [pointer: string, address: string | undefined][] = [
    ['/measure/address', measure?.address],
    ['/source/address', source?.address],
  ];
  for (const [pointer, address] of addresses) {
    if (address !== undefined && !URL.canParse(address)) tell(pointer, `${address} is no address of a page`);
  }
}

const WHOM_FIELDS = ['chambers', 'people', 'committee', 'everybody', 'choose'] as const;

function checkWhom(checked: CheckedFields, tell: Tell): void {
  const { ask } = checked.valid;
  if (ask === undefined) return;
  const [named, ...others] = WHOM_FIELDS.filter((name) => ask[name] !== undefined);
  if (named === undefined) {
    tell(
      '/ask',
      'ask says not whom to write to: add chambers (my officeholders in these), people (their ids), committee, everybody or choose',
    );
  }
  for (const other of others) tell(`/ask/${other}`, `ask has both ${named} and ${other}: keep one of them`);
  for (const name of ['chambers', 'people', 'everybody', 'choose', 'party'] as const) {
    const listed = ask[name] ?? [];
    if (new Set(listed).size < listed.length)
      tell(`/ask/${name}`, `ask.${name} lists something twice: remove one`);
  }
  checkPart(checked, tell);
}

/** Which part of a list is meant can only be said where there is a list. */
function checkPart(checked: CheckedFields, tell: Tell): void {
  const { ask } = checked.valid;
  if (ask === undefined) return;
  const hasList = [ask.committee, ask.everybody, ask.choose].some((list) => list !== undefined);
  for (const name of ['position', 'party'] as const) {
    if (ask[name] !== undefined && !hasList)
      tell(`/ask/${name}`, `ask.${name} goes with committee, everybody or choose only: remove it`);
  }
  if (ask.position !== undefined && isAbsent(checked, 'measure')) {
    tell('/ask/position', 'ask.position goes by a measure, and there is none: add one, or remove it');
  }
}

function checkRights(checked: CheckedFields, tell: Tell): void {
  const { rights } = checked.valid;
  if (rights === undefined) return;
  if (rights.basis === 'creative-commons' && rights.licence === undefined) {
    tell('/rights', 'rights.licence is missing: name the Creative Commons licence, such as CC-BY-4.0');
  }
  if (rights.basis !== 'creative-commons' && rights.licence !== undefined) {
    tell('/rights/licence', 'rights.licence goes with the basis creative-commons only: remove it');
  }
  if (rights.basis !== 'own-work' && rights.basis !== 'creative-commons' && isAbsent(checked, 'source')) {
    tell('/rights/basis', `the basis ${rights.basis} needs a source: say who published the original`);
  }
}

function checkPositions({ measure }: Fields, tell: Tell): void {
  for (const id of Object.keys(measure?.positions ?? {})) {
    if (!PATTERNS.id.test(id)) tell(pointerTo('/measure/positions', id), 'this is no id of an officeholder');
  }
}

function checkBill({ measure }: Fields, tell: Tell): void {
  if (measure?.congress === undefined || citesBill(measure.number)) return;
  const advice = 'write the number as H.R. 233 or S.Con.Res. 5, or remove measure.congress';
  tell('/measure/congress', `${measure.number} is no bill or resolution of the Congress: ${advice}`);
}

/** What the Congress's own mail systems do not take a letter without, where letters may go by them. */
export function checkForCongress(checked: CheckedFields, tell: Tell): void {
  const { measure } = checked.valid;
  if (isAbsent(checked, 'topics')) {
    tell('', 'topics is missing: the mail systems of the Congress want one of 32 (docs/alert-file.md)');
  }
  if (measure !== undefined && measure.congress === undefined && citesBill(measure.number)) {
    tell(
      '/measure/number',
      `measure.congress is missing: say before which Congress ${measure.number} is, such as 119`,
    );
  }
}

function checkVariants(checked: CheckedFields, tell: Tell): void {
  const { variants = [] } = checked.valid;
  if (variants.length > 0 && isAbsent(checked, 'measure')) {
    tell(
      '/variants',
      'variants go by the position on a measure, and there is no measure: add one, or remove the variants',
    );
  }
  const taken = new Map<Position, number>();
  for (const [index, variant] of variants.entries()) {
    const pointer = pointerTo('/variants', index);
    for (const position of variant.position) {
      const earlier = taken.get(position);
      if (earlier === undefined) taken.set(position, index + 1);
      else
        tell(
          `${pointer}/position`,
          `the position ${position} is taken by variants[${earlier}]: name it once`,
        );
    }
    const changes = [variant.subject, variant.statement, variant.message].some((part) => part !== undefined);
    if (changes) continue;
    tell(pointer, 'this variant changes nothing: add a subject, statement or message, or remove it');
  }
}

function checkPictureNames({ pictures = [] }: Fields, tell: Tell): void {
  const seen = new Set<string>();
  for (const [index, { file }] of pictures.entries()) {
    if (seen.has(file)) tell(`/pictures/${index}/file`, `the picture ${file} is listed twice: remove one`);
    seen.add(file);
  }
}
