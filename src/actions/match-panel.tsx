import { Button, Choice, Form, fieldId, type HiddenFields } from '../design/index.js';
import type { FieldProblem } from '../errors.js';
import type { Language } from '../language/index.js';

export interface MatchPanelProps {
  readonly language: Language;
  /** Where the choice is posted. */
  readonly action: string;
  /** Each with the value that names it in the form. */
  readonly matches: readonly { readonly value: string; readonly label: string }[];
  /** Carries the address along. */
  readonly hidden: HiddenFields;
  /** Back to the first step, where another place can be given. */
  readonly back: string;
  readonly problems: readonly FieldProblem[];
}

/** An address that may be several places, or is not quite what was found: the person says which is theirs. */
export function MatchPanel({ language, action, matches, hidden, back, problems }: MatchPanelProps) {
  return (
    <Form action={action} hidden={hidden} island="place" class="choose">
      <p>{language.t('actions.match.found', { n: matches.length })}</p>
      <fieldset class="choices">
        <legend class="label">{language.t('actions.match.which')}</legend>
        {matches.map(({ value, label }, index) => (
          <Choice
            key={value}
            language={language}
            problems={problems}
            type="radio"
            name="at"
            value={value}
            checked={false}
            id={index === 0 ? fieldId('at') : fieldId(`at-${index}`)}
          >
            <span class="person" dir="auto">
              {label}
            </span>
          </Choice>
        ))}
      </fieldset>
      <Button>{language.t('actions.choose.continue')}</Button>
      <p class="alternative">
        <a href={back} data-again>
          {language.t('actions.match.none')}
        </a>
      </p>
    </Form>
  );
}
