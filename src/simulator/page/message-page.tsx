import { type Fact, Facts, Moment, Page } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import type { Received } from '../record/received.js';
import { answerWords } from './answer-words.js';

/** What a letter says, in the order in which an office reads it. */
export interface LetterView {
  readonly subject: string;
  readonly texts: readonly string[];
  /** What else it says: the elements of a CWC letter. */
  readonly facts: readonly Fact[];
}

interface MessagePageProps {
  readonly language: Language;
  readonly message: Received;
  readonly letter: LetterView;
}

/** One message as the office has it. */
export function MessagePage({ language, message, letter }: MessagePageProps) {
  const subject = letter.subject || language.t('simulator.no_subject');
  return (
    <Page language={language} title={subject}>
      <div class="column">
        <p>
          <a href="/">{language.t('simulator.back')}</a>
        </p>
        <h1 class="outbox-title" dir="auto">
          {subject}
        </h1>
        <Facts facts={headOf(language, message)} />
        <div class="sheet">
          {letter.texts.map((text) => (
            <p class="sheet-body" dir="auto" key={text}>
              {text}
            </p>
          ))}
        </div>
        {letter.facts.length > 0 && <Facts facts={letter.facts} />}
      </div>
    </Page>
  );
}

function headOf(language: Language, { office, envelope, at, answer, id }: Received): readonly Fact[] {
  const to = envelope === undefined ? office : language.list(envelope.to);
  return [
    ...(envelope === undefined ? [] : [{ name: language.t('simulator.from'), value: envelope.from }]),
    { name: language.t('simulator.to'), value: to },
    {
      name: language.t('simulator.came'),
      value: <Moment language={language} at={at} style="datetime" />,
    },
    { name: language.t('simulator.answer'), value: answerWords(language, answer) },
    { name: language.t('simulator.id'), value: id },
  ];
}
