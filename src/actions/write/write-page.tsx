import {
  type AlertReference,
  Button,
  Form,
  Page,
  ProblemSummary,
  Recap,
  type SiteView,
} from '../../design/index.js';
import type { FieldProblem } from '../../errors.js';
import type { Language } from '../../language/index.js';
import { LetterStep } from './write-letter.js';
import { OfficeholdersStep } from './write-officeholders.js';
import { PersonStep } from './write-person.js';
import type { WriteView } from './write-view.js';

export interface WritePageProps extends WriteView {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
  readonly problems: readonly FieldProblem[];
}

/** The second step: to whom, what, and from whom. Everything on one page, one button at its end. */
export function WritePage(props: WritePageProps) {
  const { language, site, alert, challenge } = props;
  return (
    <Page
      language={language}
      site={site}
      title={language.t('actions.write.title')}
      islands={challenge === undefined ? ['act.js'] : ['act.js', 'proof-of-work.js']}
    >
      <div class="column">
        <Recap language={language} alert={alert} main />
        <WriteSection {...props} />
      </div>
    </Page>
  );
}

function WriteSection(props: WritePageProps) {
  const { language, officeholders, problems, kind } = props;
  return (
    <section class="writing" id="act" aria-labelledby="act-title" tabIndex={-1}>
      <h2 id="act-title" class="writing-title">
        {language.t('actions.write.title')}
      </h2>
      {officeholders.length === 0 ? (
        <Nobody {...props} />
      ) : (
        <Form action={props.action} hidden={props.hidden} draft={props.draftName} challenge={props.challenge}>
          <ProblemSummary language={language} problems={problems} />
          <OfficeholdersStep {...props} />
          <LetterStep {...props} />
          <PersonStep {...props} />
          <div class="step-end">
            <Button>{language.t(`actions.write.send.${kind}`)}</Button>
            <p class="hint">{language.t(`actions.write.after.${kind}`)}</p>
            {props.challenge !== undefined && <Proof language={language} />}
          </div>
        </Form>
      )}
    </section>
  );
}

function Proof({ language }: { language: Language }) {
  return (
    <>
      <noscript>
        <p class="problem">{language.t('actions.write.proof.no_script')}</p>
      </noscript>
      <p
        class="hint"
        role="status"
        data-proof
        data-working={language.t('actions.write.proof.working')}
        data-failed={language.t('actions.write.proof.failed')}
      />
    </>
  );
}

function Nobody({ language, place, back, vacant }: WritePageProps) {
  return (
    <>
      <p class="lead">
        {language.t(vacant.length > 0 ? 'actions.write.all_vacant' : 'actions.write.nobody', { place })}
      </p>
      <p class="alternative">
        <a href={back} data-again>
          {language.t('actions.choose.other_place')}
        </a>
      </p>
    </>
  );
}
