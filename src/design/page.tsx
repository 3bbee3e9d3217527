import type { ComponentChildren } from 'preact';
import type { Language } from '../language/index.js';
import { type AssetName, assetPath } from './assets.js';
import { Footer } from './footer.js';
import type { SiteView } from './site-view.js';

export interface PageProps {
  readonly language: Language;
  /** Absent only where no organisation is known: on a page about an error. */
  readonly site?: SiteView | undefined;
  readonly title: string;
  /** For search engines and previews; pages without one are kept out of them. */
  readonly description?: string | undefined;
  readonly islands?: readonly Exclude<AssetName, 'site.css' | 'redress-serif.woff2'>[];
  /** The front page carries the name large, as a newspaper does. */
  readonly front?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of every page: head, name, the rehearsal strip, content, footer. */
export function Page(props: PageProps) {
  const { language, site } = props;
  return (
    <html lang={language.tag} dir={language.direction}>
      <Head {...props} />
      <body>
        <a class="skip" href="#main">
          {language.t('design.skip')}
        </a>
        {site?.rehearsal && <p class="rehearsal">{language.t('design.rehearsal')}</p>}
        {site && (
          <header class={props.front ? 'masthead masthead-front' : 'masthead'}>
            <NamePlate site={site} front={props.front ?? false} />
          </header>
        )}
        <main id="main" tabIndex={-1}>
          {props.children}
        </main>
        {site && <Footer language={language} site={site} />}
      </body>
    </html>
  );
}

function NamePlate({ site, front }: { site: SiteView; front: boolean }) {
  const name = (
    <a class="nameplate" href={site.home} dir="auto">
      {site.name}
    </a>
  );
  return front ? <h1>{name}</h1> : <p>{name}</p>;
}

function Head({ site, title, description, islands = [], front }: PageProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{front || site === undefined ? title : `${title} · ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      {description === undefined ? (
        <meta name="robots" content="noindex, nofollow" />
      ) : (
        <meta name="description" content={description} />
      )}
      <link
        rel="preload"
        href={assetPath('redress-serif.woff2')}
        as="font"
        type="font/woff2"
        crossorigin="anonymous"
      />
      <link rel="stylesheet" href={assetPath('site.css')} />
      {islands.map((island) => (
        <script key={island} type="module" src={assetPath(island)} />
      ))}
    </head>
  );
}
