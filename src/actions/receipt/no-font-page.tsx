import type { MissingGlyphs } from '../../delivery/index.js';
import { Page, type SiteView } from '../../design/index.js';
import type { Language } from '../../language/index.js';

const SETTING = 'REDRESS_FONTS';

interface NoFontPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly missing: MissingGlyphs;
  /** The way back. */
  readonly receipt: string;
}

/** Instead of a PDF with boxes in it: which script cannot be printed, and what helps. */
export function NoFontPage({ language, site, missing, receipt }: NoFontPageProps) {
  const title = language.t('actions.paper.no_font_title');
  const what = language.list(missingWords(language, missing));
  return (
    <Page language={language} site={site} title={title}>
      <div class="column">
        <h1>{title}</h1>
        <p class="lead">{language.t('actions.paper.no_font', { what })}</p>
        <p>{language.t('actions.paper.no_font_you')}</p>
        <p>{language.t('actions.paper.no_font_operator', { setting: SETTING })}</p>
        <p>
          <a class="button" href={receipt}>
            {language.t('actions.paper.back')}
          </a>
        </p>
      </div>
    </Page>
  );
}

function missingWords(language: Language, { scripts, characters }: MissingGlyphs): string[] {
  const names = new Intl.DisplayNames([language.tag, 'en'], { type: 'script', fallback: 'code' });
  const words = scripts.map((script) => names.of(script) ?? script);
  if (characters.length === 0) return words;
  return [...words, language.t('actions.paper.no_font_characters', { characters: characters.join(' ') })];
}
