import { Moment, Page } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import type { OfficeTally, Received } from '../record/received.js';
import { answerWords, tallyWords } from './answer-words.js';

interface SimulatorPageProps {
  readonly language: Language;
  readonly total: number;
  readonly tallies: readonly OfficeTally[];
  /** The newest first. */
  readonly messages: readonly Received[];
  /** Whether a message leads to its words. */
  readonly texts: boolean;
}

/** What came to each office, and what it answered. */
export function SimulatorPage({ language, total, tallies, messages, texts }: SimulatorPageProps) {
  const title = language.t('simulator.title');
  return (
    <Page language={language} title={title}>
      <div class="column">
        <h1>{title}</h1>
        <p class="lead">{language.t('simulator.lead', { n: total })}</p>
        {tallies.length > 0 && (
          <section>
            <h2>{language.t('simulator.offices')}</h2>
            <ul class="outbox">
              {tallies.map((tally) => (
                <Office key={`${tally.server} ${tally.office}`} language={language} tally={tally} />
              ))}
            </ul>
          </section>
        )}
        {messages.length > 0 && (
          <section>
            <h2>{language.t('simulator.messages')}</h2>
            <ol class="outbox">
              {messages.map((message) => (
                <Message key={message.number} language={language} message={message} texts={texts} />
              ))}
            </ol>
          </section>
        )}
      </div>
    </Page>
  );
}

function Office({ language, tally }: { language: Language; tally: OfficeTally }) {
  return (
    <li>
      <p class="outbox-meta">
        <span>{language.t(`simulator.server.${tally.server}`)}</span>
        <Moment language={language} at={tally.last} style="datetime" />
      </p>
      <p class="outbox-subject">
        <bdi>{tally.office || language.t('simulator.whole_server')}</bdi>
      </p>
      <p class="outbox-meta">
        <span>{language.t('simulator.kept', { n: tally.kept })}</span>
        {tallyWords(language, tally).map((words) => (
          <span key={words}>{words}</span>
        ))}
      </p>
    </li>
  );
}

interface MessageProps {
  readonly language: Language;
  readonly message: Received;
  readonly texts: boolean;
}

function Message({ language, message, texts }: MessageProps) {
  return (
    <li>
      <p class="outbox-meta">
        <bdi>{message.office}</bdi>
        <Moment language={language} at={message.at} style="datetime" />
      </p>
      <p class="outbox-subject">
        {language.t('simulator.answer_given', { answer: answerWords(language, message.answer) })}
      </p>
      <p class="outbox-meta">
        <span>{language.t(message.kept ? 'simulator.has_it' : 'simulator.has_it_not')}</span>
        <span>{language.t('simulator.bytes', { n: language.number(message.bytes) })}</span>
        {message.nth > 1 && <span>{language.t('simulator.copy', { nth: message.nth })}</span>}
        {texts && <a href={`/messages/${message.number}`}>{language.t('simulator.read')}</a>}
      </p>
      {message.id !== '' && (
        <p class="fingerprint">
          <code>{message.id}</code>
        </p>
      )}
    </li>
  );
}
