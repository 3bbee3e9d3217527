import type { FastifyInstance, FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import type { Alert } from '../../alerts/index.js';
import { answerPage } from '../../design/index.js';
import type { FieldProblem } from '../../errors.js';
import type { Language, MessageKey } from '../../language/index.js';
import { type AddressMatch, listDivisions, type Representation } from '../../legislatures/index.js';
import type { ActionServices } from '../action-services.js';
import {
  type AlertRoute,
  formOf,
  openAlertOf,
  pageLanguage,
  referenceTo,
  siteFor,
} from '../alert-of-request.js';
import { untilGone } from '../confirm/until-gone.js';
import { networkOf } from '../submit/network.js';
import { answerWriting, type Step } from '../write/answer-writing.js';
import { deskFor } from './address-desk.js';
import { answerList, answerWords, hasList, wordsPanel } from './answer-list.js';
import type { CandidateView } from './choose-panel.js';
import { findWhom, type StatedPlace, snapshotOf, type Whom } from './find-whom.js';
import { mapPathOf } from './map-routes.js';
import { viewMatches } from './match-panel.js';
import { ChoosePage, MatchPage, PlacePage } from './place-page.js';
import { type DistrictGroup, PlacePanel, type PlacePanelProps } from './place-panel.js';
import { findMissing, unknownPlace } from './place-problems.js';
import { questionOfAlert } from './place-question.js';
import { settlePlace } from './settle-place.js';
import { placeOfForm } from './stated-place.js';

const MOST_DISTRICTS_ON_ALERT_PAGE = 60;

/** The first step: the place. `/alerts/:slug/place` has the whole list of districts; posting finds the officeholders. */
export function placeRoutes(app: FastifyInstance, services: ActionServices): void {
  app.get<AlertRoute>('/alerts/:slug/place', async ({ params, query }, reply) => {
    const alert = await openAlertOf(services, params.slug);
    const step = { services, alert, language: pageLanguage(query.language, alert) };
    if (hasList(alert)) return answerWords(reply, step, undefined);
    // A district of the map is a link.
    if (typeof query.division === 'string')
      return answerFound(reply, step, { place: { division: query.division } });
    return answerPlace(reply, step, { place: { division: '' }, problems: [] });
  });
  app.post<AlertRoute>('/alerts/:slug/place', async ({ params, query, body, ip }, reply) => {
    const alert = await openAlertOf(services, params.slug);
    const form = formOf(body);
    const place = placeOfForm(form);
    const step = { services, alert, language: pageLanguage(query.language, alert) };
    if (hasList(alert)) return answerList(reply, step, form);
    const missing = findMissing(form, place);
    if (missing !== undefined) return answerPlace(reply, step, { place, problems: [missing] });
    const question = questionOfAlert(services, alert);
    const settled = await settlePlace({
      ...services,
      question,
      place,
      network: networkOf(ip),
      signal: untilGone(reply),
    });
    if (settled.kind === 'problem') return answerPlace(reply, step, { place, problems: [settled.problem] });
    if (settled.kind === 'which') return answerMatches(reply, step, { place, matches: settled.matches });
    return answerFound(reply, step, settled);
  });
}

interface FoundPlace {
  readonly place: StatedPlace;
  readonly note?: MessageKey | undefined;
}

async function answerFound(reply: FastifyReply, step: Step, found: FoundPlace): Promise<FastifyReply> {
  const { services, alert, language } = step;
  const { place, note } = found;
  const whom = findWhom(services, alert, place);
  const { status } = whom.representation;
  if (status === 'none') {
    return answerPlace(reply, step, { place, problems: [unknownPlace(place)] });
  }
  if (status === 'choose') {
    const frame = { language, site: siteFor(services, alert), alert: referenceTo(alert) };
    return answerPage(reply, <ChoosePage {...frame} panel={choosePanel(step, whom, found)} />);
  }
  return answerWriting(reply, step, { whom, place, note });
}

function choosePanel(
  { alert, language }: Step,
  whom: Whom,
  { place, note }: FoundPlace,
): Parameters<typeof ChoosePage>[0]['panel'] {
  const { representation, snapshot } = whom;
  const title = (id: string): string => snapshot.officeholders.get(id)?.title ?? '';
  const candidates: CandidateView[] = representation.candidates.map(({ division, name, officeholders }) => ({
    division,
    name,
    officeholders: officeholders.map((person) => ({ title: title(person.id), name: person.name })),
    vacant: representation.vacant.some((seat) => `${division}/`.startsWith(`${seat.division}/`)),
  }));
  return {
    language,
    action: `/alerts/${alert.slug}/place`,
    place: place.address?.trim() || whom.place,
    note,
    reason: reasonToChoose(place, representation),
    candidates,
    hidden: { postcode: place.postcode ?? '', address: place.address ?? '' },
    back: `/alerts/${alert.slug}#act`,
    problems: [],
  };
}

function reasonToChoose(
  { at, address = '' }: StatedPlace,
  { uncertain, officeholders }: Representation,
): Parameters<typeof ChoosePage>[0]['panel']['reason'] {
  // A point has no name of its own.
  if (uncertain) return at !== undefined && address.trim() === '' ? 'point_near_border' : 'near_border';
  return officeholders.length === 0 ? 'crosses_border' : 'split';
}

interface Matched {
  readonly place: StatedPlace;
  readonly matches: readonly AddressMatch[];
}

function answerMatches(reply: FastifyReply, step: Step, { place, matches }: Matched): FastifyReply {
  const { services, alert, language } = step;
  const panel = {
    language,
    action: `/alerts/${alert.slug}/place`,
    ...viewMatches(place, matches),
    back: `/alerts/${alert.slug}#act`,
    problems: [],
  };
  const page = (
    <MatchPage language={language} site={siteFor(services, alert)} alert={referenceTo(alert)} panel={panel} />
  );
  return answerPage(reply, page);
}

interface Given {
  readonly place: StatedPlace;
  readonly problems: readonly FieldProblem[];
}

function answerPlace(reply: FastifyReply, step: Step, given: Given): FastifyReply {
  const { services, alert, language } = step;
  const panel = placePanel(services, { alert, language, ...given, wholeList: true });
  const page = (
    <PlacePage language={language} site={siteFor(services, alert)} alert={referenceTo(alert)} panel={panel} />
  );
  return answerPage(reply, page, given.problems.length > 0 ? 400 : 200);
}

interface PanelRequest extends Given {
  readonly alert: Alert;
  readonly language: Language;
  /** Else a list that is too long for the alert's page stands on a page of its own. */
  readonly wholeList: boolean;
}

/** The first step as a panel: for its own page, and for the alert's. */
function placePanel(services: ActionServices, request: PanelRequest): PlacePanelProps {
  const { alert, language, place, problems, wholeList } = request;
  const snapshot = snapshotOf(services.legislatures, alert);
  const divisions = listDivisions(snapshot, language.tag);
  const short = wholeList || divisions.length <= MOST_DISTRICTS_ON_ALERT_PAGE;
  const { example, entries } = snapshot.set.postcodes;
  const addresses = deskFor(services.addresses, [snapshot]);
  return {
    language,
    action: `/alerts/${alert.slug}/place`,
    postcodeExample: entries.size > 0 ? example : undefined,
    takesAddress: addresses !== undefined,
    addressGoesTo: addresses?.geocoder.goesTo,
    districts: short ? groupDivisions(divisions, snapshot.set.name) : [],
    mapPage: mapPathOf(services, alert),
    districtsPage: short ? undefined : `/alerts/${alert.slug}/place`,
    values: {
      postcode: place.postcode ?? '',
      address: place.address ?? '',
      ...(place.division !== undefined && { division: place.division }),
    },
    problems,
  };
}

function groupDivisions(divisions: ReturnType<typeof listDivisions>, whole: string): DistrictGroup[] {
  const groups = Map.groupBy(divisions, ({ within }) => within ?? whole);
  return [...groups].map(([name, members]) => ({
    name,
    districts: members.map((division) => ({ division: division.id, name: division.name })),
  }));
}

/** The first step of an alert as it stands on the alert's own page. */
export function firstStep(services: ActionServices, alert: Alert, language: Language): VNode {
  if (hasList(alert)) return wordsPanel(alert, language);
  return (
    <PlacePanel {...placePanel(services, { alert, language, place: {}, problems: [], wholeList: false })} />
  );
}
