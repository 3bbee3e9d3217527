import {
  Button,
  Choice,
  type FieldContext,
  Form,
  fieldId,
  ProblemSummary,
  TextField,
} from '../../design/index.js';
import { Officeholder, type OfficeholderView } from '../officeholder-view.js';

interface WordsPanelProps extends FieldContext {
  /** Where it is posted. */
  readonly action: string;
  readonly words: string;
  /** The reader chooses from the list in the next step. */
  readonly choose: boolean;
}

/** The first step where the alert has a list of its own: the place stands in the letter, and decides nothing. */
export function WordsPanel({ language, problems, action, words, choose }: WordsPanelProps) {
  return (
    <Form action={action} island="place" class="place">
      <ProblemSummary language={language} problems={problems} />
      <TextField
        language={language}
        problems={problems}
        name="words"
        label={language.t('actions.list.place')}
        hint={language.t('actions.list.place_hint')}
        value={words}
        autoComplete="address-level2"
      />
      <Button>{language.t(choose ? 'actions.list.to_choice' : 'actions.list.to_letter')}</Button>
    </Form>
  );
}

/** Somebody on the list. */
export interface ListedView extends OfficeholderView {
  readonly id: string;
  readonly chosen: boolean;
}

export interface ListPanelProps extends FieldContext {
  readonly action: string;
  readonly place: string;
  /** Back to the first step. */
  readonly back: string;
  /** Those who match the search, and those who were chosen before. */
  readonly people: readonly ListedView[];
  readonly found: number;
  readonly all: number;
  readonly maximum: number;
  readonly search: { readonly text: string; readonly party: string };
  /** Every party or list of those who can be chosen; with one or none there is nothing to choose by. */
  readonly parties: readonly string[];
}

/** The step between, where an alert's list is longer than one letter's: nobody is ticked but by the reader. */
export function ListPanel(props: ListPanelProps) {
  const { language, problems, action, place, back, people, maximum } = props;
  return (
    <Form action={action} hidden={{ words: place }} island="place" class="choose">
      <ProblemSummary language={language} problems={problems} />
      <p>{language.t('actions.list.lead', { n: maximum })}</p>
      <SearchFields {...props} />
      <fieldset class="choices">
        <legend class="label">
          {language.t('actions.list.found', { found: props.found, all: props.all })}
        </legend>
        {people.map((person, index) => (
          <Choice
            key={person.id}
            language={language}
            problems={problems}
            type="checkbox"
            name="to"
            value={person.id}
            checked={person.chosen}
            id={index === 0 ? fieldId('to') : fieldId(`to-${index}`)}
          >
            <Officeholder officeholder={person} />
          </Choice>
        ))}
      </fieldset>
      <Button name="step" value="write">
        {language.t('actions.list.write')}
      </Button>
      <p class="alternative">
        <a href={back} data-again>
          {language.t('actions.list.back')}
        </a>
      </p>
    </Form>
  );
}

/** Its button stands first in the form, so that the Enter key searches. */
function SearchFields({ language, problems, search, parties, found, maximum }: ListPanelProps) {
  const party = fieldId('party');
  return (
    <div class="search">
      <TextField
        language={language}
        problems={problems}
        name="text"
        label={language.t('actions.list.search')}
        value={search.text}
        optional
        spellcheck={false}
      />
      {parties.length > 1 && (
        <div class="field">
          <label for={party}>{language.t('actions.list.party')}</label>
          <select class="input" id={party} name="party">
            <option value="">{language.t('actions.list.any_party')}</option>
            {parties.map((name) => (
              <option key={name} value={name} selected={name === search.party}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <p class="search-buttons">
        <Button quiet name="step" value="search">
          {language.t('actions.list.show')}
        </Button>
        {found > 0 && found <= maximum && (
          <Button quiet name="step" value="all">
            {language.t('actions.list.take_all', { n: found })}
          </Button>
        )}
      </p>
    </div>
  );
}
