import { AppError } from '../../errors.js';
import type { LegislatureSet, Officeholder } from '../model.js';
import { correctable } from './apply-edits.js';
import { type CorrectedField, type Corrections, dayOf, type EditChange } from './edit.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;

/** What an operator says, as the options of `redress legislature edit`; `false` for `--no-…`. */
export interface EditOptions {
  readonly officeholder?: string;
  readonly addOfficeholder?: string;
  readonly name?: string;
  readonly email?: string | false;
  readonly contactForm?: string | false;
  readonly phone?: string | false;
  readonly website?: string | false;
  readonly address?: string | false;
  readonly resigned?: string;
  readonly seat?: string;
  readonly title?: string;
  readonly party?: string;
  readonly since?: string;
  readonly until?: string;
}

interface EditGround {
  /** As imported: what a correction is compared with later. */
  readonly base: LegislatureSet;
  /** With the edits that hold. */
  readonly current: LegislatureSet;
  readonly now: Date;
}

/**
 * Makes the change that the options ask for.
 * @throws AppError `invalid_input` for options that make no sense together or name nobody.
 */
export function makeChange(options: EditOptions, ground: EditGround): EditChange {
  const { officeholder, addOfficeholder, resigned } = options;
  if ((officeholder === undefined) === (addOfficeholder === undefined))
    refuse('Give either --officeholder ID or --add-officeholder ID.');
  if (addOfficeholder !== undefined) return makeAddition(addOfficeholder, options, ground);
  const person = findPerson(officeholder ?? '', ground.current);
  if (options.seat !== undefined || options.since !== undefined || options.until !== undefined)
    refuse('--seat, --since and --until go with --add-officeholder.');
  const to = corrections(options);
  if (resigned !== undefined) {
    if (Object.keys(to).length > 0) refuse('Give --resigned by itself.');
    return { kind: 'resign', officeholder: person.id, on: readDay('--resigned', resigned) };
  }
  if (Object.keys(to).length === 0) refuse('Say what is to be corrected, such as --email or --resigned.');
  const source = ground.base.officeholders.find(({ id }) => id === person.id) ?? person;
  return { kind: 'correct', officeholder: person.id, to, from: pick(correctable(source), to) };
}

function makeAddition(id: string, options: EditOptions, { current, now }: EditGround): EditChange {
  const { name, seat: seatId, title = '', party = '', since, until } = options;
  if (name === undefined || seatId === undefined) refuse('--add-officeholder needs --name and --seat.');
  const known = current.officeholders.find((person) => person.id === id);
  if (known !== undefined) refuse(`${known.name} has the id ${id} already; correct them by --officeholder.`);
  const seat = current.seats.find((candidate) => candidate.id === seatId);
  if (seat === undefined) refuse(`There is no seat ${seatId}. ${nearSeats(seatId, current)}`);
  const termStart = since === undefined ? dayOf(now) : readDay('--since', since);
  const termEnds = until === undefined ? current.validUntil : readDay('--until', until);
  const sitting = current.officeholders.filter((person) => person.seat === seat.id);
  if (termStart <= dayOf(now) && sitting.length >= (seat.places ?? 1))
    refuse(`${sitting.map((person) => person.name).join(', ')} sits there; give --resigned first.`);
  const { name: _, ...office } = corrections(options);
  return {
    kind: 'add',
    officeholder: id,
    name,
    title,
    party,
    seat: seat.id,
    termStart,
    ...(termEnds !== undefined && { termEnds }),
    office,
  };
}

function refuse(detail: string): never {
  throw new AppError('invalid_input', { detail });
}

function findPerson(id: string, { officeholders }: LegislatureSet): Officeholder {
  const person = officeholders.find((candidate) => candidate.id === id);
  if (person !== undefined) return person;
  const words = id.toLowerCase();
  const near = officeholders.filter(({ name }) => name.toLowerCase().includes(words)).slice(0, 5);
  const hint = near.map((candidate) => `${candidate.id} is ${candidate.name}`).join(', ');
  return refuse(`There is no officeholder ${id}${hint === '' ? '' : `; ${hint}`}.`);
}

function nearSeats(text: string, { seats }: LegislatureSet): string {
  const near = seats.filter(({ id }) => id.includes(text)).slice(0, 5);
  return near.length === 0
    ? `The first is ${seats[0]?.id}.`
    : `There are ${near.map(({ id }) => id).join(', ')}.`;
}

function corrections(options: EditOptions): Corrections {
  const { name, email, contactForm, phone, website, address } = options;
  if (typeof email === 'string' && !ADDRESS.test(email)) refuse(`"${email}" is no e-mail address.`);
  for (const page of [contactForm, website])
    if (typeof page === 'string' && !isWebAddress(page)) refuse(`"${page}" is no web address.`);
  return {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email: email || null }),
    ...(contactForm !== undefined && { contactForm: contactForm || null }),
    ...(phone !== undefined && { phone: phone || null }),
    ...(website !== undefined && { website: website || null }),
    ...(address !== undefined && { address: address || null }),
  };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

function readDay(option: string, text: string): string {
  if (DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)) return text;
  return refuse(`${option} is a day, YYYY-MM-DD; "${text}" is none.`);
}

/** Of what the source says, the fields that are corrected. */
function pick(source: Corrections, to: Corrections): Corrections {
  const fields: readonly CorrectedField[] = ['name', 'email', 'contactForm', 'phone', 'website', 'address'];
  const picked = fields.filter((field) => to[field] !== undefined).map((field) => [field, source[field]]);
  return Object.fromEntries(picked);
}
