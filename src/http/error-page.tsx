import { Facts, Page, renderPage, type SiteView } from '../design/index.js';
import type { AppError, ErrorCode } from '../errors.js';
import type { Language, MessageKey } from '../language/index.js';

type Next = 'home' | 'back' | 'again';

// What helps differs: another address, the same form once more, or only time.
const NEXT: Readonly<Partial<Record<ErrorCode, Next>>> = {
  invalid_input: 'back',
  forbidden: 'back',
  too_large: 'back',
  unsupported_media_type: 'back',
  idempotency_mismatch: 'back',
  proof_needed: 'back',
  rate_limited: 'again',
  overloaded: 'again',
  unavailable: 'again',
  internal: 'again',
};

const TITLES: Readonly<Record<Next, MessageKey>> = {
  home: 'design.error.home_title',
  back: 'design.error.back_title',
  again: 'design.error.again_title',
};

/** A page that says what went wrong, what it means for what was done, and what helps. */
export function renderErrorPage(error: AppError, language: Language, site?: SiteView): string {
  return renderPage(<ErrorPage error={error} language={language} site={site} />);
}

interface ErrorPageProps {
  readonly error: AppError;
  readonly language: Language;
  readonly site?: SiteView | undefined;
}

function ErrorPage({ error, language, site }: ErrorPageProps) {
  const next = NEXT[error.code] ?? 'home';
  const title = language.t(TITLES[next]);
  return (
    <Page language={language} site={site} title={title}>
      <div class="column">
        <h1>{title}</h1>
        <p class="lead">{language.t(error.key ?? `errors.${error.code}`, error.params)}</p>
        {error.fields.length > 0 && (
          <ul class="plain">
            {error.fields.map(({ field, key, params }) => (
              <li key={field}>{language.t(key, params)}</li>
            ))}
          </ul>
        )}
        <p>{language.t(`design.error.${next}`)}</p>
        <p>
          <a href={site?.home ?? '/'}>{language.t('design.error.to_front')}</a>
        </p>
        <Facts
          facts={[
            { name: language.t('design.error.code'), value: <code>{`${error.status} ${error.code}`}</code> },
          ]}
        />
      </div>
    </Page>
  );
}
