import type { ComponentChildren } from 'preact';
import type { FieldProblem } from '../errors.js';
import type { Language } from '../language/index.js';

/** What a form carries along unseen: tokens, the idempotency key, the place. */
export type HiddenFields = Readonly<Record<string, string>>;

interface FormProps {
  /** Where it is posted. */
  readonly action: string;
  readonly id?: string;
  readonly hidden?: HiddenFields | undefined;
  /** The form's job for the island `act.ts`: `place` is sent without a page load. */
  readonly island?: 'place' | undefined;
  /** The name under which the browser keeps a draft of the fields marked as `kept`. */
  readonly draft?: string | undefined;
  /** An altcha-lib v1 challenge as JSON, which `proof-of-work.ts` solves before the form is sent. */
  readonly challenge?: string | undefined;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A form that is posted. The server checks it, so that the words of a problem are ours and not the browser's. */
export function Form({
  action,
  id,
  hidden = {},
  island,
  draft,
  challenge,
  class: className,
  children,
}: FormProps) {
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={className}
      noValidate
      data-island={island}
      data-draft={draft}
      data-challenge={challenge}
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {challenge !== undefined && <input type="hidden" name="altcha" value="" />}
      {children}
    </form>
  );
}

interface ButtonProps {
  readonly quiet?: boolean;
  readonly name?: string;
  readonly value?: string;
  readonly children: ComponentChildren;
}

/** A page has one button that is not quiet. */
export function Button({ quiet = false, name, value, children }: ButtonProps) {
  return (
    <button class={quiet ? 'button button-quiet' : 'button'} type="submit" name={name} value={value}>
      {children}
    </button>
  );
}

/** The id of a field's control, to which the summary of problems leads. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9_-]/g, '-')}`;
}

/** The words of a field's problem, if it has one. */
export function problemOf(
  language: Language,
  problems: readonly FieldProblem[],
  name: string,
): string | undefined {
  const problem = problems.find(({ field }) => field === name);
  return problem && language.t(problem.key, problem.params);
}

interface ProblemSummaryProps {
  readonly language: Language;
  readonly problems: readonly FieldProblem[];
}

/** All problems of a form at its top, each leading to its field. */
export function ProblemSummary({ language, problems }: ProblemSummaryProps) {
  if (problems.length === 0) return null;
  return (
    <div class="problems" role="alert" tabIndex={-1} data-focus>
      <p class="notice-title">{language.t('design.problems', { n: problems.length })}</p>
      <ul>
        {problems.map((problem) => (
          <li key={problem.field}>
            <a href={`#${fieldId(problem.field)}`}>{language.t(problem.key, problem.params)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
