import {
  MatchPanel,
  type MatchPanelProps,
  PlacePanel,
  type PlacePanelProps,
  PositionForm,
} from '../actions/index.js';
import { Notice, Page, type SiteView } from '../design/index.js';
import type { Language, MessageKey } from '../language/index.js';
import { LinkSection, type NamedLink } from './division-page.js';
import { SeatList } from './seat-list.js';
import type { SeatCard } from './view-seats.js';

export interface WhoPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly panel: PlacePanelProps;
  readonly takesPosition: boolean;
  readonly sets: readonly NamedLink[];
}

/** Who represents me, without a letter: the same form as an alert's. */
export function WhoPage({ language, site, panel, takesPosition, sets }: WhoPageProps) {
  const takesPlace = panel.postcodeExample !== undefined || panel.takesAddress || takesPosition;
  return (
    <Page
      language={language}
      site={site}
      title={language.t('browse.who.title')}
      description={language.t('browse.who.description')}
      islands={takesPosition ? ['act.js', 'position.js'] : ['act.js']}
    >
      <div class="column">
        <h1>{language.t('browse.who.title')}</h1>
        {(takesPlace || panel.problems.length > 0) && (
          <section class="coupon" id="act" aria-labelledby="act-title" tabIndex={-1}>
            <h2 class="coupon-title" id="act-title">
              {language.t('actions.place.title')}
            </h2>
            <PlacePanel {...panel} />
            {takesPosition && <PositionForm language={language} action={panel.action} />}
          </section>
        )}
        <LinkSection language={language} title="browse.who.sets" links={sets} />
      </div>
    </Page>
  );
}

interface WhichPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly panel: MatchPanelProps;
}

/** The question between, where an address may be several places. */
export function WhichPage({ language, site, panel }: WhichPageProps) {
  return (
    <Page language={language} site={site} title={language.t('browse.who.title')} islands={['act.js']}>
      <div class="column">
        <h1>{language.t('browse.who.title')}</h1>
        <section class="coupon" id="act" aria-labelledby="act-title" tabIndex={-1}>
          <h2 class="coupon-title" id="act-title">
            {language.t('actions.match.title')}
          </h2>
          <MatchPanel {...panel} />
        </section>
      </div>
    </Page>
  );
}

/** One of the places that it may be: a division, or one of each chamber's. */
interface CandidateView {
  readonly links: readonly NamedLink[];
  /** Whoever would represent it there beside the certain ones. */
  readonly people: readonly string[];
}

/** What one legislature says about a place. */
export interface AnswerView {
  readonly set: NamedLink;
  readonly seats: readonly SeatCard[];
  /** Where the place may lie, when it is not certain. */
  readonly candidates: readonly CandidateView[];
  readonly warnings: readonly MessageKey[];
}

export interface AnswerPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly place: string;
  /** What must be said about how the place was found. */
  readonly note?: MessageKey | undefined;
  readonly answers: readonly AnswerView[];
}

/** Who represents a place, by every legislature that knows it. */
export function AnswerPage({ language, site, place, note, answers }: AnswerPageProps) {
  return (
    <Page language={language} site={site} title={language.t('browse.who.title')}>
      <div class="column">
        <h1>{language.t('browse.who.title')}</h1>
        <section class="answer" id="act" aria-labelledby="act-title" tabIndex={-1}>
          <h2 id="act-title">
            {language.t(place === '' ? 'browse.answer.here' : 'browse.answer.title', { place })}
          </h2>
          {note !== undefined && <p>{language.t(note)}</p>}
          {answers.map((answer) => (
            <Answer key={answer.set.href} language={language} answer={answer} />
          ))}
          <p class="alternative">
            <a href="/who" data-again>
              {language.t('actions.choose.other_place')}
            </a>
          </p>
        </section>
      </div>
    </Page>
  );
}

function Answer({ language, answer }: { language: Language; answer: AnswerView }) {
  const { set, seats, candidates, warnings } = answer;
  return (
    <div class="answer-set">
      <h3 class="label">
        <a href={set.href} dir="auto">
          {set.name}
        </a>
      </h3>
      {warnings.map((key) => (
        <Notice key={key} tone="warning">
          <p>{language.t(key)}</p>
        </Notice>
      ))}
      <SeatList language={language} seats={seats} level={3} />
      {candidates.length > 0 && (
        <>
          <p>{language.t('browse.answer.several', { certain: seats.length })}</p>
          <ul class="names names-long">
            {candidates.map((candidate) => (
              <Candidate key={candidate.links[0]?.href} language={language} candidate={candidate} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Candidate({ language, candidate }: { language: Language; candidate: CandidateView }) {
  const { links, people } = candidate;
  return (
    <li>
      <span class="links">
        {links.map(({ name, href }) => (
          <a key={href} href={href} dir="auto">
            {name}
          </a>
        ))}
      </span>
      {people.length > 0 && (
        <span class="note" dir="auto">
          {language.list(people)}
        </span>
      )}
    </li>
  );
}
