import type { ComponentChildren } from 'preact';
import type { HandOverStep, HandOverWay } from '../../delivery/index.js';
import { Button, Form, type SheetView } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import type { HandOverView } from './hand-over-view.js';

const MOST_ROWS = 10;
const CHARACTERS_PER_ROW = 64;

/** What each of the ways is given. */
export interface WayProps<Way extends HandOverWay> {
  readonly language: Language;
  readonly id: string;
  readonly letter: SheetView;
  readonly handOver: HandOverView;
  readonly step: Extract<HandOverStep, { way: Way }>;
  /** The letter stands ready to be copied further up. */
  readonly copied: boolean;
  /** Its link is the one that is not quiet. */
  readonly first: boolean;
}

/** One of the numbered steps of a way. */
export function Step({ words, children }: { words: string; children?: ComponentChildren }) {
  return (
    <li>
      <p class="hand-over-step">{words}</p>
      {children}
    </li>
  );
}

interface OpenLinkProps {
  readonly href: string;
  readonly quiet?: boolean;
  /** Opens a tab of its own, so that the receipt stays. */
  readonly tab?: boolean;
  readonly children: ComponentChildren;
}

/** A link that looks like the button it stands in for. */
export function OpenLink({ href, quiet = false, tab = false, children }: OpenLinkProps) {
  return (
    <a
      class={quiet ? 'button button-quiet' : 'button'}
      href={href}
      {...(tab && { target: '_blank', rel: 'noopener noreferrer' })}
    >
      {children}
    </a>
  );
}

interface ReportProps {
  readonly language: Language;
  readonly handOver: Pick<HandOverView, 'action' | 'hidden'>;
  readonly way: HandOverWay;
  readonly words: string;
}

/** "I have sent it", by one button. */
export function Report({ language, handOver, way, words }: ReportProps) {
  return (
    <Step words={language.t('actions.hand.report')}>
      <Form action={handOver.action} hidden={{ ...handOver.hidden, how: way }}>
        <Button quiet>{words}</Button>
      </Form>
    </Step>
  );
}

/** Subject and letter, each to be copied: with a script by a button, without by hand. */
export function LetterToCopy({
  language,
  id,
  letter,
}: {
  language: Language;
  id: string;
  letter: SheetView;
}) {
  return (
    <>
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
    </>
  );
}

interface CopyableProps {
  readonly language: Language;
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

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
      <CopyButton language={language} id={id} label={language.t('actions.hand.copy_button')} />
    </div>
  );
}

/** Shown only where a script makes it work; it may stand anywhere on the page. */
function CopyButton({ language, id, label }: { language: Language; id: string; label: string }) {
  return (
    <button
      class="button button-quiet"
      type="button"
      hidden
      data-copy={id}
      data-done={language.t('actions.hand.copied')}
    >
      {label}
    </button>
  );
}
