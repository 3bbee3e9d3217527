import { Facts, Moment, Notice, Page, type SiteView, Stamp } from '../design/index.js';
import type { Language } from '../language/index.js';

export interface LetterVerifyPageProps {
  readonly language: Language;
  readonly site: SiteView;
  /** "Senator Mira Quell, Upper House" */
  readonly office: string;
  readonly alert: { readonly headline: string; readonly address: string };
  /** Absent where nobody confirmed it by mail. */
  readonly confirmedAt?: Date | undefined;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** True when the person said later that it was not they who wrote. */
  readonly disavowed: boolean;
  /** True when the person took the letter back. */
  readonly withdrawn: boolean;
}

/** For an office: whether a letter is genuine. It names no person and shows no text. */
export function LetterVerifyPage(props: LetterVerifyPageProps) {
  const { language, site, office, alert, confirmedAt, sha256, disavowed, withdrawn } = props;
  const verdict = verdictOf(props);
  return (
    <Page language={language} site={site} title={language.t('delivery.verify.title')}>
      <div class="column">
        <div class="letter-head">
          <h1>{language.t(`delivery.verify.${verdict}`)}</h1>
          <Stamp
            language={language}
            word={language.t(`delivery.verify.stamp.${verdict}`)}
            at={confirmedAt}
            tone={verdict === 'genuine' ? 'done' : 'void'}
          />
        </div>
        <p class="lead">{language.t(`delivery.verify.${verdict}_lead`, { name: site.name })}</p>
        {(disavowed || withdrawn) && (
          <Notice tone="warning">
            <p>{language.t('delivery.verify.do_not_count')}</p>
          </Notice>
        )}
        <Facts
          facts={[
            { name: language.t('delivery.verify.organisation'), value: site.name },
            { name: language.t('delivery.verify.office'), value: office },
            {
              name: language.t('delivery.verify.alert'),
              value: <a href={alert.address}>{alert.headline}</a>,
            },
            ...(confirmedAt === undefined
              ? []
              : [
                  {
                    name: language.t('delivery.verify.confirmed'),
                    value: <Moment language={language} at={confirmedAt} style="datetime" />,
                  },
                ]),
            { name: language.t('design.sheet.sha256'), value: <code>{sha256}</code> },
          ]}
        />
        <p class="hint">{language.t('delivery.verify.how')}</p>
        <p class="hint">{language.t('delivery.verify.no_person')}</p>
      </div>
    </Page>
  );
}

function verdictOf({ disavowed, withdrawn, confirmedAt }: LetterVerifyPageProps) {
  if (disavowed) return 'disavowed';
  if (withdrawn) return 'withdrawn';
  return confirmedAt === undefined ? 'unconfirmed' : 'genuine';
}
