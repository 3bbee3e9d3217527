import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Alert } from '../alerts/index.js';
import { answerPage } from '../design/index.js';
import type { FieldProblem } from '../errors.js';
import type { Language } from '../language/index.js';
import { listDivisions } from '../legislatures/index.js';
import type { ActionServices } from './action-services.js';
import { type AlertRoute, formOf, openAlertOf, pageLanguage, referenceTo } from './alert-of-request.js';
import type { CandidateView } from './choose-panel.js';
import { findWhom, type StatedPlace, snapshotOf, type Whom } from './find-whom.js';
import { mintFormToken } from './form-token.js';
import { fieldOf } from './letter-form.js';
import { ChoosePage, PlacePage } from './place-page.js';
import type { DistrictGroup, PlacePanelProps } from './place-panel.js';
import { makeChallenge } from './proof-of-work.js';
import { suggestLetters } from './suggest-letters.js';
import { viewWriting } from './view-writing.js';
import { WritePage } from './write-page.js';

const MOST_DISTRICTS_ON_ALERT_PAGE = 60;

/** The first step: the place. `/alerts/:slug/place` has the whole list of districts; posting finds the officeholders. */
export function placeRoutes(app: FastifyInstance, services: ActionServices): void {
  app.get<AlertRoute>('/alerts/:slug/place', async ({ params, query }, reply) => {
    const alert = await openAlertOf(services, params.slug);
    const language = pageLanguage(query.language, alert);
    return answerPlace(reply, { services, alert, language }, { place: { division: '' }, problems: [] });
  });
  app.post<AlertRoute>('/alerts/:slug/place', async ({ params, query, body }, reply) => {
    const alert = await openAlertOf(services, params.slug);
    const form = formOf(body);
    const place = { postcode: fieldOf(form, 'postcode'), division: fieldOf(form, 'division') };
    const step = { services, alert, language: pageLanguage(query.language, alert) };
    if (place.postcode.trim() === '' && place.division === '') {
      const field = 'division' in form ? 'division' : 'postcode';
      return answerPlace(reply, step, { place, problems: [{ field, key: 'actions.error.place_missing' }] });
    }
    return answerFound(reply, step, place);
  });
}

interface Step {
  readonly services: ActionServices;
  readonly alert: Alert;
  readonly language: Language;
}

async function answerFound(reply: FastifyReply, step: Step, place: StatedPlace): Promise<FastifyReply> {
  const { services, alert, language } = step;
  const whom = findWhom(services, alert, place);
  const { status } = whom.representation;
  if (status === 'none') {
    const problems: FieldProblem[] = [{ field: 'postcode', key: 'actions.error.place_unknown' }];
    return answerPlace(reply, step, { place, problems });
  }
  const frame = { language, site: services.site(), alert: referenceTo(alert) };
  if (status === 'choose')
    return answerPage(reply, <ChoosePage {...frame} panel={choosePanel(step, whom, place)} />);
  const { context, organisation, desk } = services;
  const token = mintFormToken(context, alert.alertId);
  const weather = await desk.weather.now();
  const challenge = weather.proofNeeded ? await makeChallenge(context, token.idempotencyKey) : undefined;
  const suggestion = suggestLetters({
    alert,
    organisation,
    officeholders: whom.officeholders,
    place: whom.place,
  });
  const view = viewWriting({ alert, whom, suggestion, place, token, challenge });
  return answerPage(reply, <WritePage {...frame} {...view} problems={[]} />);
}

function choosePanel(
  { alert, language }: Step,
  whom: Whom,
  place: StatedPlace,
): Parameters<typeof ChoosePage>[0]['panel'] {
  const { representation, snapshot } = whom;
  const crosses = representation.officeholders.length === 0;
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
    place: whom.place,
    reason: representation.uncertain ? 'near_border' : crosses ? 'crosses_border' : 'split',
    candidates,
    hidden: { postcode: place.postcode ?? '' },
    back: `/alerts/${alert.slug}#act`,
    problems: [],
  };
}

interface Given {
  readonly place: StatedPlace;
  readonly problems: readonly FieldProblem[];
}

function answerPlace(reply: FastifyReply, step: Step, given: Given): FastifyReply {
  const { services, alert, language } = step;
  const panel = placePanel(services, { alert, language, ...given, wholeList: true });
  const page = (
    <PlacePage language={language} site={services.site()} alert={referenceTo(alert)} panel={panel} />
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
export function placePanel(services: ActionServices, request: PanelRequest): PlacePanelProps {
  const { alert, language, place, problems, wholeList } = request;
  const snapshot = snapshotOf(services.legislatures, alert);
  const divisions = listDivisions(snapshot, language.tag);
  const short = wholeList || divisions.length <= MOST_DISTRICTS_ON_ALERT_PAGE;
  const { example, entries } = snapshot.set.postcodes;
  return {
    language,
    action: `/alerts/${alert.slug}/place`,
    postcodeExample: entries.size > 0 ? example : undefined,
    takesAddress: false,
    districts: short ? groupDivisions(divisions, snapshot.set.name) : [],
    districtsPage: short ? undefined : `/alerts/${alert.slug}/place`,
    values: {
      postcode: place.postcode ?? '',
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
