import type { ComponentChildren } from 'preact';
import type { FieldProblem } from '../errors.js';
import type { Language } from '../language/index.js';
import { fieldId, problemOf } from './form.js';

// A parser of HTML drops the first line feed of a text area: this one, not one of the text's own.
const DROPPED_LINE_FEED = '\n';

export interface FieldContext {
  readonly language: Language;
  readonly problems: readonly FieldProblem[];
}

interface FieldProps extends FieldContext {
  readonly name: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly value: string;
  readonly optional?: boolean;
}

interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'tel';
  readonly autoComplete?: string;
  readonly kept?: boolean;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel';
  readonly spellcheck?: boolean;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { name, value, type = 'text', autoComplete = 'off', inputMode, kept, optional, spellcheck } = props;
  return (
    <FieldFrame {...props}>
      <input
        id={fieldId(name)}
        class="input"
        name={name}
        type={type}
        // Preact's types tell inputs with a list from those without by its presence.
        list={undefined}
        value={value}
        dir="auto"
        autoComplete={autoComplete}
        inputMode={inputMode}
        spellcheck={spellcheck}
        required={!optional}
        data-kept={kept}
        {...described(props)}
      />
    </FieldFrame>
  );
}

interface SelectFieldProps extends FieldProps {
  readonly autoComplete?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The words of the first line, which chooses nothing. */
  readonly choose: string;
}

/** One of several, or none yet: nothing is chosen beforehand. */
export function SelectField(props: SelectFieldProps) {
  const { name, value, autoComplete = 'off', options, choose, optional } = props;
  return (
    <FieldFrame {...props}>
      <select
        id={fieldId(name)}
        class="input"
        name={name}
        autoComplete={autoComplete}
        required={!optional}
        {...described(props)}
      >
        <option value="">{choose}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

interface TextAreaProps extends FieldProps {
  readonly rows: number;
  /** In characters (UTF-16 code units). */
  readonly maxLength?: number | undefined;
  readonly kept?: boolean;
  /** The words that were suggested, against which the island counts the supporter's own. */
  readonly suggested?: string | undefined;
}

/** Several lines of text. The limit is told and checked, never cut off while a person pastes. */
export function TextArea(props: TextAreaProps) {
  const { language, name, value, rows, kept, suggested, maxLength } = props;
  return (
    <FieldFrame {...props}>
      <textarea
        id={fieldId(name)}
        class="input"
        name={name}
        rows={rows}
        dir="auto"
        data-kept={kept}
        data-suggested={suggested}
        data-limit={maxLength}
        {...described(props)}
      >
        {`${DROPPED_LINE_FEED}${value}`}
      </textarea>
      {maxLength !== undefined && (
        <p
          class="count"
          hidden
          data-count={fieldId(name)}
          data-length={language.t('design.count.length', { n: '{n}', limit: language.number(maxLength) })}
          data-share={suggested === undefined ? undefined : language.t('design.count.share', { n: '{n}' })}
        />
      )}
    </FieldFrame>
  );
}

function FieldFrame(props: FieldProps & { children: ComponentChildren }) {
  const { language, problems, name, label, hint, optional, children } = props;
  const problem = problemOf(language, problems, name);
  const id = fieldId(name);
  return (
    <div class={problem === undefined ? 'field' : 'field field-wrong'}>
      <label for={id}>
        {label} {optional && <span class="optional">{language.t('design.field.optional')}</span>}
      </label>
      {hint !== undefined && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {children}
    </div>
  );
}

function described({ language, problems, name, hint }: FieldProps) {
  const id = fieldId(name);
  const wrong = problemOf(language, problems, name) !== undefined;
  const ids = [...(hint === undefined ? [] : [`${id}-hint`]), ...(wrong ? [`${id}-problem`] : [])];
  return {
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    'aria-invalid': wrong ? ('true' as const) : undefined,
  };
}

interface ChoiceProps extends FieldContext {
  readonly type: 'checkbox' | 'radio';
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  /** Where several controls share a name, the first carries the field's id. */
  readonly id?: string;
  readonly children: ComponentChildren;
}

/** A box to tick or one of several to choose, with its words as a target as wide as the line. */
export function Choice({
  language,
  problems,
  type,
  name,
  value,
  checked,
  id = fieldId(name),
  children,
}: ChoiceProps) {
  const problem = problemOf(language, problems, name);
  return (
    <label class={problem === undefined ? 'choice' : 'choice choice-wrong'} for={id}>
      <input
        id={id}
        type={type}
        name={name}
        value={value}
        checked={checked}
        aria-invalid={problem === undefined ? undefined : 'true'}
      />
      <span class="choice-words">
        {problem !== undefined && id === fieldId(name) && <span class="problem">{problem}</span>}
        {children}
      </span>
    </label>
  );
}
