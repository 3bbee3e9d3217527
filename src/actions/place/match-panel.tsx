import { Button, Choice, Form, fieldId, type HiddenFields } from '../../design/index.js';
import type { FieldProblem } from '../../errors.js';
import type { Language } from '../../language/index.js';
import type { AddressMatch } from '../../legislatures/index.js';
import type { StatedPlace } from './find-whom.js';
import { pointField } from './stated-place.js';

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

/** Each match as a point, and what the form carries along: what was typed. */
export function viewMatches(
  { postcode = '', address = '' }: StatedPlace,
  matches: readonly AddressMatch[],
): Pick<MatchPanelProps, 'matches' | 'hidden'> {
  return {
    matches: matches.map(({ latitude, longitude, withinMetres, label }) => ({
      value: pointField({ at: { latitude, longitude }, withinMetres }),
      label,
    })),
    hidden: { postcode, address },
  };
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
            <span class="person">
              <bdi>{label}</bdi>
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
