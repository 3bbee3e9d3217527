import {
  type AlertContent,
  type AlertPicture,
  type Ask,
  DEFAULT_MAXIMUM,
  type LetterVariant,
  type Measure,
  type OfficeholderPosition,
  type Position,
} from '../alert-content.js';
import { oneLine, takeText } from '../letter/letter-text.js';
import type { FileFields } from './file-fields.js';

/** Makes the content of an alert from checked fields, the report's text and its measured pictures. */
export function contentOf(fields: FileFields, body: string, pictures: readonly AlertPicture[]): AlertContent {
  return {
    format: 2,
    language: Intl.getCanonicalLocales(fields.language)[0] ?? fields.language,
    headline: oneLine(fields.headline),
    standfirst: oneLine(fields.standfirst),
    date: fields.date,
    byline: maybeLine(fields.byline),
    publisher: maybeLine(fields.publisher),
    ask: askOf(fields),
    measure: measureOf(fields),
    topics: fields.topics ?? [],
    letter: {
      subject: oneLine(fields.letter.subject),
      statement: letterPart(fields.letter.statement),
      message: letterPart(fields.letter.message),
    },
    variants: (fields.variants ?? []).map(variantOf),
    report: { body: takeText(body), source: sourceOf(fields), pictures },
    rights: {
      basis: fields.rights.basis,
      licence: fields.rights.licence ?? null,
      notice: maybeLine(fields.rights.notice),
    },
    corrections: (fields.corrections ?? [])
      .map(({ date, text }) => ({ date, text: oneLine(text) }))
      .toSorted((a, b) => b.date.localeCompare(a.date)),
  };
}

function maybeLine(text: string | undefined): string | null {
  return text === undefined ? null : oneLine(text);
}

/** What a supporter may leave empty stays empty, not a line feed. */
function letterPart(text: string | undefined): string {
  return /\S/.test(text ?? '') ? takeText(text ?? '') : '';
}

function askOf({ ask }: FileFields): Ask {
  return {
    request: oneLine(ask.request),
    whom: whomOf(ask),
    until: ask.until ?? null,
    topic: maybeLine(ask.topic),
    maximum: ask.maximum === undefined ? DEFAULT_MAXIMUM : Number(ask.maximum),
  };
}

function whomOf({ legislature, ...ask }: FileFields['ask']): Ask['whom'] {
  const { people, committee, everybody, choose } = ask;
  const only = { positions: ask.position ?? null, parties: ask.party?.map(oneLine) ?? null };
  if (people !== undefined) return { kind: 'named', legislature, officeholders: people };
  if (committee !== undefined) return { kind: 'committee', legislature, committee, ...only };
  if (everybody !== undefined) return { kind: 'everybody', legislature, chambers: everybody, ...only };
  if (choose !== undefined) return { kind: 'choose', legislature, chambers: choose, ...only };
  return { kind: 'mine', legislature, chambers: ask.chambers ?? [] };
}

function measureOf({ measure }: FileFields): Measure | null {
  if (measure === undefined) return null;
  return {
    number: oneLine(measure.number),
    congress: measure.congress === undefined ? null : Number(measure.congress),
    stance: measure.stance ?? null,
    title: oneLine(measure.title),
    chambers: (measure.chambers ?? []).map(oneLine),
    status: maybeLine(measure.status),
    address: measure.address ?? null,
    sponsors: (measure.sponsors ?? []).map(({ name, chamber, officeholder }) => ({
      name: oneLine(name),
      chamber: maybeLine(chamber),
      officeholder: officeholder ?? null,
    })),
    positions: positionsOf(measure),
  };
}

/** A sponsor who is named by id has the position `sponsor`, unless the positions say otherwise. */
function positionsOf({
  sponsors = [],
  positions = {},
}: NonNullable<FileFields['measure']>): OfficeholderPosition[] {
  const all = new Map<string, Position>();
  for (const { officeholder } of sponsors) if (officeholder !== undefined) all.set(officeholder, 'sponsor');
  for (const [officeholder, position] of Object.entries(positions)) all.set(officeholder, position);
  return [...all].map(([officeholder, position]) => ({ officeholder, position }));
}

function variantOf(variant: NonNullable<FileFields['variants']>[number]): LetterVariant {
  return {
    positions: variant.position,
    subject: maybeLine(variant.subject),
    statement: variant.statement === undefined ? null : letterPart(variant.statement),
    message: variant.message === undefined ? null : letterPart(variant.message),
  };
}

function sourceOf({ source }: FileFields): AlertContent['report']['source'] {
  if (source === undefined) return null;
  return {
    publisher: oneLine(source.publisher),
    author: maybeLine(source.author),
    place: maybeLine(source.place),
    dateline: maybeLine(source.dateline),
    published: source.published ?? null,
    address: source.address ?? null,
  };
}
