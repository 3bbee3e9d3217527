import { type Fact, Facts, Moment, Notice, Page, type SiteView } from '../design/index.js';
import type { Language } from '../language/index.js';

/** A mail that was written to a file instead of being sent. */
export interface OutboxMail {
  /** The path of its own page. */
  readonly address: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly at: Date;
  /** For an office, or for the supporter. */
  readonly kind: 'letter' | 'mail';
}

interface OutboxProps {
  readonly language: Language;
  readonly site: SiteView;
}

/** Every mail that was not sent, newest first. */
export function OutboxPage({ language, site, mails }: OutboxProps & { mails: readonly OutboxMail[] }) {
  return (
    <Page language={language} site={site} title={language.t('delivery.outbox.title')}>
      <div class="column">
        <h1>{language.t('delivery.outbox.title')}</h1>
        <NotSent language={language} />
        {mails.length === 0 && <p class="lead">{language.t('delivery.outbox.empty')}</p>}
        <ol class="outbox">
          {mails.map((mail) => (
            <li key={mail.address}>
              <p class="outbox-meta">
                <span>{language.t(`delivery.outbox.kind.${mail.kind}`)}</span>
                <Moment language={language} at={mail.at} style="datetime" />
              </p>
              <p class="outbox-subject" dir="auto">
                <a href={mail.address}>{mail.subject}</a>
              </p>
              <p class="outbox-meta">
                <span>
                  {language.t('delivery.outbox.to')} <bdi>{mail.to}</bdi>
                </span>
              </p>
            </li>
          ))}
        </ol>
      </div>
    </Page>
  );
}

interface OutboxMailPageProps extends OutboxProps {
  readonly mail: OutboxMail;
  /** The plain text, cut into words and links. */
  readonly text: readonly TextPart[];
  /** The path of the message as a file. */
  readonly file: string;
  readonly back: string;
}

/** A stretch of a plain text; `address` where it is a link of our own. */
export interface TextPart {
  readonly text: string;
  readonly address?: string | undefined;
}

/** One mail that was not sent, as its reader would have seen it. */
export function OutboxMailPage({ language, site, mail, text, file, back }: OutboxMailPageProps) {
  return (
    <Page language={language} site={site} title={mail.subject}>
      <div class="column">
        <p>
          <a href={back}>{language.t('delivery.outbox.back')}</a>
        </p>
        <h1 class="outbox-title" dir="auto">
          {mail.subject}
        </h1>
        <NotSent language={language} />
        <Facts facts={headOf(language, mail)} />
        <div class="sheet">
          <p class="sheet-body" dir="auto">
            {text.map((part) =>
              part.address === undefined ? part.text : <a href={part.address}>{part.text}</a>,
            )}
          </p>
        </div>
        <p>
          <a href={file}>{language.t('delivery.outbox.file')}</a>
        </p>
      </div>
    </Page>
  );
}

function headOf(language: Language, mail: OutboxMail): Fact[] {
  return [
    { name: language.t('delivery.outbox.from'), value: mail.from },
    { name: language.t('delivery.outbox.to'), value: mail.to },
    {
      name: language.t('delivery.outbox.written'),
      value: <Moment language={language} at={mail.at} style="datetime" />,
    },
  ];
}

function NotSent({ language }: { language: Language }) {
  return (
    <Notice tone="warning" title={language.t('delivery.outbox.not_sent')}>
      <p>{language.t('delivery.outbox.why')}</p>
    </Notice>
  );
}
