import type { FastifyInstance, FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import {
  allowPosition,
  deskFor,
  findMissing,
  formOf,
  networkOf,
  placeOfForm,
  questionOfAll,
  type StatedPlace,
  settlePlace,
  unknownPlace,
  untilGone,
  viewMatches,
} from '../actions/index.js';
import { answerPage } from '../design/index.js';
import type { FieldProblem } from '../errors.js';
import type { Language, MessageKey } from '../language/index.js';
import type { AddressMatch } from '../legislatures/index.js';
import { answerPlace } from './answer-place.js';
import { type BrowseRoute, type BrowseServices, chooseLanguage } from './browse-services.js';
import { setPath } from './paths.js';
import { AnswerPage, WhichPage, WhoPage } from './who-page.js';

const WHO = '/who';

/** A place that somebody asks about: its answer is theirs alone, and kept nowhere. */
export function whoRoutes(app: FastifyInstance, services: BrowseServices): void {
  app.post<BrowseRoute>(WHO, async (request, reply) => {
    const asking = { services, reply, language: chooseLanguage(services, request) };
    const form = formOf(request.body);
    const place = placeOfForm(form);
    const missing = findMissing(form, place);
    if (missing !== undefined) return askAgain(asking, place, missing);
    const settled = await settlePlace({
      ...services,
      question: questionOfAll(services),
      place,
      network: networkOf(request.ip),
      signal: untilGone(reply),
    });
    if (settled.kind === 'problem') return askAgain(asking, place, settled.problem);
    if (settled.kind === 'which') return askWhich(asking, place, settled.matches);
    return answer(asking, settled.place, settled.note);
  });
}

interface Asking {
  readonly services: BrowseServices;
  readonly reply: FastifyReply;
  readonly language: Language;
}

function answer(asking: Asking, place: StatedPlace, note: MessageKey | undefined): FastifyReply {
  const { services, reply, language } = asking;
  const { uses, ...view } = answerPlace(services, place, language);
  if (uses.length === 0) return askAgain(asking, place, unknownPlace(place));
  return answerPage(
    reply,
    <AnswerPage language={language} site={services.site(uses)} note={note} {...view} />,
  );
}

function askWhich(
  { services, reply, language }: Asking,
  place: StatedPlace,
  matches: readonly AddressMatch[],
): FastifyReply {
  const panel = { language, action: WHO, ...viewMatches(place, matches), back: WHO, problems: [] };
  return answerPage(reply, <WhichPage language={language} site={services.site()} panel={panel} />);
}

function askAgain(
  { services, reply, language }: Asking,
  place: StatedPlace,
  problem: FieldProblem,
): FastifyReply {
  if (services.context.config.devicePosition) allowPosition(reply);
  return answerPage(reply, whoPage(services, language, { place, problems: [problem] }), 400);
}

interface Given {
  readonly place: StatedPlace;
  readonly problems: readonly FieldProblem[];
}

/** The page that asks for a place, as it was given where it comes back. */
export function whoPage(services: BrowseServices, language: Language, { place, problems }: Given): VNode {
  const { context, legislatures, site } = services;
  const snapshots = legislatures.list();
  const tables = snapshots.map(({ set }) => set.postcodes).filter(({ entries }) => entries.size > 0);
  const desk = deskFor(services.addresses, snapshots);
  const fields = [...(tables.length > 0 ? ['postcode'] : []), ...(desk === undefined ? [] : ['address'])];
  const panel = {
    language,
    action: WHO,
    postcodeExample: tables.length > 0 ? exampleOf(tables) : undefined,
    takesAddress: desk !== undefined,
    addressGoesTo: desk?.geocoder.goesTo,
    needsPostcode: desk === undefined,
    districts: [],
    values: { postcode: place.postcode ?? '', address: place.address ?? '' },
    // Whatever the place came from, it is told at a field that there is.
    problems: problems.map((problem) =>
      fields.includes(problem.field) ? problem : { ...problem, field: fields[0] ?? 'place' },
    ),
  };
  return (
    <WhoPage
      language={language}
      site={site()}
      panel={panel}
      takesPosition={context.config.devicePosition}
      sets={snapshots.map(({ set }) => ({ name: set.name, href: setPath(set.id) }))}
    />
  );
}

/** One of each country's kind. */
function exampleOf(tables: readonly { readonly example: string }[]): string {
  const examples = new Set(tables.map(({ example }) => example).filter((example) => example !== ''));
  return [...examples].join(', ');
}
