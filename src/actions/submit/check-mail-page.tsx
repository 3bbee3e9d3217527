import { type AlertReference, Notice, Page, Recap, type SiteView } from '../../design/index.js';
import type { Language } from '../../language/index.js';

export interface CheckMailPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
  /** The address that the mail comes from. */
  readonly from: string;
  /** `outbox`: no mail is sent here at all, it can be read at `site.outbox`. `later`: see `laterAt`. */
  readonly mail: 'now' | 'later' | 'outbox';
  /** When the mail can go, where it cannot go now. */
  readonly laterAt?: Date | undefined;
  readonly days: { readonly unconfirmed: number };
  /** The draft that the browser may forget now. */
  readonly draftName: string;
}

/** The third step. The same words whether or not the address is known here. */
export function CheckMailPage(props: CheckMailPageProps) {
  const { language, site, alert, mail, draftName } = props;
  const outbox = mail === 'outbox';
  return (
    <Page language={language} site={site} title={language.t('actions.mail.title')} islands={['act.js']}>
      <div class="column" data-sent={draftName}>
        <Recap language={language} alert={alert} />
        <h1>{language.t(outbox ? 'actions.mail.outbox_title' : 'actions.mail.title')}</h1>
        {outbox ? <OutboxWay {...props} /> : <MailWay {...props} />}
      </div>
    </Page>
  );
}

function MailWay({ language, from, mail, laterAt, days }: CheckMailPageProps) {
  return (
    <>
      <p class="lead">{language.t('actions.mail.lead')}</p>
      {mail === 'later' && (
        <Notice tone="warning" title={language.t('actions.mail.later_title')}>
          <p>
            {laterAt === undefined
              ? language.t('actions.mail.later')
              : language.t('actions.mail.later_at', { time: language.date(laterAt, 'datetime') })}
          </p>
        </Notice>
      )}
      <ol class="next">
        <li>{language.t('actions.mail.step_open', { from })}</li>
        <li>{language.t('actions.mail.step_confirm')}</li>
        <li>{language.t('actions.mail.step_follow')}</li>
      </ol>
      <p class="hint">{language.t('actions.mail.until', { n: days.unconfirmed })}</p>
      <p class="hint">{language.t('actions.mail.missing', { from })}</p>
    </>
  );
}

function OutboxWay({ language, site }: CheckMailPageProps) {
  return (
    <>
      <p class="lead">{language.t('actions.mail.outbox_lead')}</p>
      {site.outbox !== undefined && (
        <p>
          <a class="button" href={site.outbox}>
            {language.t('actions.mail.outbox_open')}
          </a>
        </p>
      )}
      <p class="hint">{language.t('actions.mail.outbox_hint')}</p>
    </>
  );
}
