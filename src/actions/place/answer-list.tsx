import type { FastifyReply } from 'fastify';
import type { Alert } from '../../alerts/index.js';
import { answerPage } from '../../design/index.js';
import type { FieldProblem } from '../../errors.js';
import type { Language } from '../../language/index.js';
import type { SeatedOfficeholder } from '../../legislatures/index.js';
import { referenceTo, siteFor } from '../alert-of-request.js';
import { LIMITS } from '../submit/check-request.js';
import { answerWriting, type Step } from '../write/answer-writing.js';
import { fieldOf, fieldsOf, type PostedForm } from '../write/letter-form.js';
import { partiesOf, searchOfficeholders } from './asked-officeholders.js';
import { findWhom, type Whom } from './find-whom.js';
import { ListPage, WordsPage } from './list-page.js';
import { type ListPanelProps, WordsPanel } from './list-panel.js';

/** Whether an alert has a list of its own, wherever the reader lives. */
export function hasList({ content }: Alert): boolean {
  return content.ask.whom.kind !== 'mine';
}

/** The first step of such an alert, as it stands on its page. */
export function wordsPanel(alert: Alert, language: Language) {
  return <WordsPanel {...wordsProps({ alert, language }, '', [])} />;
}

function wordsProps(
  { alert, language }: Pick<Step, 'alert' | 'language'>,
  words: string,
  problems: readonly FieldProblem[],
): Parameters<typeof WordsPanel>[0] {
  const choose = alert.content.ask.whom.kind === 'choose';
  return { language, problems, action: `/alerts/${alert.slug}/place`, words, choose };
}

/**
 * Takes a step of an alert with a list: the place in words leads to the letter where all can be written to at
 * once; else the reader chooses, and may search as often as they like.
 */
export async function answerList(reply: FastifyReply, step: Step, form: PostedForm): Promise<FastifyReply> {
  const { services, alert } = step;
  const words = fieldOf(form, 'words');
  if (words.trim() === '' || words.length > LIMITS.place) return answerWords(reply, step, words);
  const whom = findWhom(services, alert, { words });
  if (!mustChoose(alert, whom)) return answerWriting(reply, step, { whom, place: { words } });
  const { chosen, problems } = readChoice(alert, whom, form);
  if (fieldOf(form, 'step') === 'write' && problems.length === 0) {
    const place = { words, among: chosen };
    return answerWriting(reply, step, { whom: findWhom(services, alert, place), place });
  }
  const page = (
    <ListPage
      language={step.language}
      site={siteFor(services, alert)}
      alert={referenceTo(alert)}
      panel={listPanel(step, whom, { form, chosen, problems })}
    />
  );
  return answerPage(reply, page, problems.length > 0 ? 400 : 200);
}

/** The first step on a page of its own, with what is missing. */
export function answerWords(reply: FastifyReply, step: Step, words: string | undefined): FastifyReply {
  const { services, alert, language } = step;
  const problems: FieldProblem[] =
    words === undefined ? [] : [{ field: 'words', key: 'actions.error.words_missing' }];
  const panel = wordsProps(step, words ?? '', problems);
  const page = (
    <WordsPage language={language} site={siteFor(services, alert)} alert={referenceTo(alert)} panel={panel} />
  );
  return answerPage(reply, page, problems.length > 0 ? 400 : 200);
}

function mustChoose({ content: { ask } }: Alert, { officeholders }: Whom): boolean {
  return ask.whom.kind === 'choose' || officeholders.length > ask.maximum;
}

interface ListChoice {
  readonly chosen: readonly string[];
  readonly problems: readonly FieldProblem[];
}

/** Only who is on the list can be chosen; whatever else a form names is dropped. */
function readChoice({ content }: Alert, whom: Whom, form: PostedForm): ListChoice {
  const { maximum } = content.ask;
  const ticked = new Set(fieldsOf(form, 'to'));
  if (fieldOf(form, 'step') === 'all')
    for (const { id } of searchOfficeholders(whom.officeholders, searchOf(form))) ticked.add(id);
  const chosen = whom.officeholders.map(({ id }) => id).filter((id) => ticked.has(id));
  const wanted = ['write', 'all'].includes(fieldOf(form, 'step'));
  if (wanted && chosen.length === 0)
    return { chosen, problems: [{ field: 'to', key: 'actions.error.officeholders_missing' }] };
  if (chosen.length <= maximum) return { chosen, problems: [] };
  const params = { most: maximum };
  return { chosen, problems: [{ field: 'to', key: 'actions.error.officeholders_too_many', params }] };
}

function searchOf(form: PostedForm): ListPanelProps['search'] {
  return { text: fieldOf(form, 'text').slice(0, LIMITS.name), party: fieldOf(form, 'party') };
}

interface Listing extends ListChoice {
  readonly form: PostedForm;
}

/** Those who were chosen stay in sight, whatever is searched for next. */
function listPanel(
  { alert, language }: Step,
  whom: Whom,
  { form, chosen, problems }: Listing,
): ListPanelProps {
  const search = searchOf(form);
  const found = new Set(searchOfficeholders(whom.officeholders, search));
  const view = (person: SeatedOfficeholder) => ({
    id: person.id,
    name: person.name,
    title: person.title,
    chamber: person.chamber.name,
    division: person.division.name,
    party: person.party || undefined,
    chosen: chosen.includes(person.id),
  });
  const people = whom.officeholders.filter((person) => found.has(person) || chosen.includes(person.id));
  return {
    language,
    problems,
    action: `/alerts/${alert.slug}/place`,
    place: whom.place,
    back: `/alerts/${alert.slug}#act`,
    people: people.map(view).sort((a, b) => Number(b.chosen) - Number(a.chosen)),
    found: found.size,
    all: whom.officeholders.length,
    maximum: alert.content.ask.maximum,
    search,
    parties: [...new Set(whom.officeholders.flatMap(partiesOf))].sort(language.compare),
  };
}
