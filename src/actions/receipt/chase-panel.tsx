import type { FollowUp } from '../../delivery/index.js';
import { Button, Form } from '../../design/index.js';
import type { Language } from '../../language/index.js';

/** The one follow-up of a letter: what would go, or what became of it. */
export interface ChaseView {
  readonly id: string;
  /** What the office would get, character by character. */
  readonly offer: { readonly subject: string; readonly body: string; readonly lang: string } | undefined;
  /** Where it is sent. */
  readonly action: string;
  readonly followUp: FollowUp | undefined;
  /** Where the supporter says that an answer came; absent once they did. */
  readonly answered: string | undefined;
}

/** Asks the office for an answer by one button; another says that one came. */
export function Chase({ language, chase }: { language: Language; chase: ChaseView }) {
  const { id, offer, action, followUp, answered } = chase;
  const title = `chase-${id}`;
  return (
    <section class="chase" aria-labelledby={offer && title}>
      {offer !== undefined && (
        <>
          <h3 id={title}>{language.t('actions.chase.title')}</h3>
          <p>{language.t('actions.chase.offer')}</p>
          <details open>
            <summary>{language.t('actions.chase.text')}</summary>
            <div class="sheet">
              <p class="sheet-subject" lang={offer.lang} dir="auto">
                <span class="label">{language.t('design.sheet.subject')}</span> {offer.subject}
              </p>
              <p class="sheet-body" lang={offer.lang} dir="auto">
                {offer.body}
              </p>
            </div>
          </details>
        </>
      )}
      {followUp !== undefined && <p>{followUpWords(language, followUp)}</p>}
      <div class="chase-buttons">
        {offer !== undefined && (
          <Form action={action}>
            <Button>{language.t('actions.chase.button')}</Button>
          </Form>
        )}
        {answered !== undefined && (
          <Form action={answered}>
            <Button quiet>{language.t('actions.chase.answered')}</Button>
          </Form>
        )}
      </div>
    </section>
  );
}

function followUpWords({ t, date }: Language, { state, changedAt, cameBackAt }: FollowUp): string {
  const what = state === 'accepted' && cameBackAt !== null ? 'came_back' : state;
  return t(`actions.chase.${what}`, { time: date(cameBackAt ?? changedAt, 'datetime') });
}
