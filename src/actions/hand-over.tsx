import { Button, Form, type HiddenFields, type SheetView } from '../design/index.js';
import type { Language } from '../language/index.js';

const WAYS = ['by_form', 'by_own_mail', 'by_telephone', 'on_paper'] as const;
const MOST_ROWS = 10;
const CHARACTERS_PER_ROW = 64;

/** How the supporter sends a letter themselves. */
export interface HandOverView {
  /** `website`: no contact page is known, so the office's site is given and called that. */
  readonly reach: 'web_form' | 'website';
  /** The office's own page. Absent where none is known. */
  readonly address?: string | undefined;
  /** Where "I have sent it" is posted. */
  readonly action: string;
  readonly hidden?: HiddenFields | undefined;
}

interface HandOverProps {
  readonly language: Language;
  readonly id: string;
  readonly letter: SheetView;
  readonly handOver: HandOverView;
}

/** Copy, open the office's page, paste, and say so. */
export function HandOver({ language, id, letter, handOver }: HandOverProps) {
  const { reach, address, action, hidden } = handOver;
  return (
    <ol class="hand-over">
      <li>
        <p class="hand-over-step">{language.t('actions.hand.copy')}</p>
        <Copyable
          language={language}
          id={`subject-${id}`}
          label={language.t('design.sheet.subject')}
          text={letter.subject}
        />
        <Copyable
          language={language}
          id={`body-${id}`}
          label={language.t('actions.hand.text')}
          text={letter.body}
        />
      </li>
      <li>
        <p class="hand-over-step">{language.t(`actions.hand.paste.${reach}`)}</p>
        {address === undefined ? (
          <p>{language.t('actions.hand.no_address')}</p>
        ) : (
          <p>
            <a class="button" href={address} target="_blank" rel="noopener noreferrer">
              {language.t(`actions.hand.open.${reach}`)}
            </a>
            <span class="hint">{language.t('actions.hand.new_tab')}</span>
          </p>
        )}
      </li>
      <li>
        <p class="hand-over-step">{language.t('actions.hand.report')}</p>
        <Form action={action} hidden={hidden} class="hand-over-done">
          <div class="field">
            <label for={`how-${id}`}>{language.t('actions.hand.how')}</label>
            <select class="input" id={`how-${id}`} name="how">
              {WAYS.map((way) => (
                <option key={way} value={way}>
                  {language.t(`actions.hand.way.${way}`)}
                </option>
              ))}
            </select>
          </div>
          <Button quiet>{language.t('actions.hand.done')}</Button>
        </Form>
      </li>
    </ol>
  );
}

interface CopyableProps {
  readonly language: Language;
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** A text to copy: with a script by a button, without by hand. */
function Copyable({ language, id, label, text }: CopyableProps) {
  const lines = text
    .split('\n')
    .reduce((rows, line) => rows + 1 + Math.floor(line.length / CHARACTERS_PER_ROW), 0);
  return (
    <div class="field copyable">
      <label for={id}>{label}</label>
      <textarea class="input" id={id} rows={Math.min(lines, MOST_ROWS)} readOnly dir="auto">
        {text}
      </textarea>
      <button
        class="button button-quiet"
        type="button"
        hidden
        data-copy={id}
        data-done={language.t('actions.hand.copied')}
      >
        {language.t('actions.hand.copy_button')}
      </button>
    </div>
  );
}
