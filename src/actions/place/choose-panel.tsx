import { Button, Choice, Form, fieldId, type HiddenFields, ProblemSummary } from '../../design/index.js';
import type { FieldProblem } from '../../errors.js';
import type { Language, MessageKey } from '../../language/index.js';
import { titledName } from '../officeholder-view.js';

/** One district that the place may lie in, with whoever represents it. */
export interface CandidateView {
  readonly division: string;
  readonly name: string;
  readonly officeholders: readonly { readonly title: string; readonly name: string }[];
  /** A seat of it that the alert asks about is empty; else an empty list says that it has none. */
  readonly vacant?: boolean | undefined;
}

export interface ChoosePanelProps {
  readonly language: Language;
  /** Where the choice is posted. */
  readonly action: string;
  /** The place as it was given: "94110", "Mill Lane 4, Ostrel". */
  readonly place: string;
  /** Why a choice is needed. */
  readonly reason: 'split' | 'near_border' | 'point_near_border' | 'crosses_border';
  readonly candidates: readonly CandidateView[];
  /** What must be said about how the place was found. */
  readonly note?: MessageKey | undefined;
  /** Carries the place along. */
  readonly hidden?: HiddenFields | undefined;
  /** Back to the first step, where another place can be given. */
  readonly back: string;
  readonly problems: readonly FieldProblem[];
}

/** A place that lies in several districts: the person says which is theirs. Nothing is ticked for them. */
export function ChoosePanel(props: ChoosePanelProps) {
  const { language, action, place, reason, candidates, note, hidden, back, problems } = props;
  return (
    <Form action={action} hidden={hidden} island="place" class="choose">
      <ProblemSummary language={language} problems={problems} />
      {note !== undefined && <p>{language.t(note)}</p>}
      <p>{language.t(`actions.choose.${reason}`, { place })}</p>
      <fieldset class="choices">
        <legend class="label">{language.t('actions.choose.which')}</legend>
        {candidates.map((candidate, index) => (
          <Choice
            key={candidate.division}
            language={language}
            problems={problems}
            type="radio"
            name="division"
            value={candidate.division}
            checked={false}
            id={index === 0 ? fieldId('division') : fieldId(`division-${index}`)}
          >
            <span class="person">
              <bdi>{candidate.name}</bdi>
            </span>
            <span class="person-seat">{peopleOf(language, candidate)}</span>
          </Choice>
        ))}
      </fieldset>
      <Button>{language.t('actions.choose.continue')}</Button>
      <p class="alternative">
        <a href={back} data-again>
          {language.t('actions.choose.other_place')}
        </a>
      </p>
    </Form>
  );
}

function peopleOf(language: Language, { officeholders, vacant }: CandidateView): string {
  if (officeholders.length === 0)
    return language.t(vacant === true ? 'actions.choose.vacant' : 'actions.choose.nobody');
  return language.list(officeholders.map(titledName));
}
