import { type AlertReference, Button, Form, Page, Recap, type SiteView } from '../../design/index.js';
import type { Language } from '../../language/index.js';

interface DisavowPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
}

/** "This was not me": asks once, since a link in a mail is opened by scanners too. */
export function DisavowPage({ language, site, alert, action }: DisavowPageProps & { action: string }) {
  return (
    <Page language={language} site={site} title={language.t('actions.disavow.title')}>
      <div class="column">
        <Recap language={language} alert={alert} />
        <h1>{language.t('actions.disavow.title')}</h1>
        <p class="lead">{language.t('actions.disavow.lead')}</p>
        <Form action={action}>
          <Button>{language.t('actions.disavow.button')}</Button>
        </Form>
      </div>
    </Page>
  );
}

/** `alreadySent`: letters had gone before; the disavowal is recorded and told to the offices. */
export function DisavowedPage(props: DisavowPageProps & { alreadySent: boolean }) {
  const { language, site, alert, alreadySent } = props;
  return (
    <Page language={language} site={site} title={language.t('actions.disavow.done')}>
      <div class="column">
        <Recap language={language} alert={alert} />
        <h1>{language.t('actions.disavow.done')}</h1>
        <p class="lead">
          {language.t(alreadySent ? 'actions.disavow.done_sent' : 'actions.disavow.done_unsent')}
        </p>
      </div>
    </Page>
  );
}
