import type { ComponentChildren, CSSProperties, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Language } from '../language/index.js';
import type { SheetView } from './sheet.js';

const SERIF = "Newsreader, 'Iowan Old Style', Charter, Georgia, serif";
const INK = '#16141b';
const QUIET = '#57535f';
const LINE = '#d8d5dd';
const STAMP = '#4f2683';

// Mail readers drop style sheets, so each element carries its own; the sheet only adds the dark colours.
const STYLES = {
  body: { margin: 0, padding: '24px 16px', background: '#ffffff', color: INK },
  frame: { maxWidth: '560px', margin: '0 auto', fontFamily: SERIF, fontSize: '17px', lineHeight: 1.5 },
  name: {
    margin: '0 0 24px',
    paddingBottom: '8px',
    borderBottom: `3px double ${INK}`,
    fontFamily: SERIF,
    fontSize: '19px',
  },
  foot: {
    marginTop: '32px',
    paddingTop: '12px',
    borderTop: `1px solid ${LINE}`,
    color: QUIET,
    fontSize: '15px',
  },
  headline: {
    margin: '0 0 20px',
    fontSize: '30px',
    fontWeight: 400,
    lineHeight: 1.1,
    letterSpacing: '-0.015em',
  },
  link: { color: STAMP },
  hidden: { display: 'none', maxHeight: 0, overflow: 'hidden' },
  button: {
    display: 'inline-block',
    padding: '13px 22px',
    background: STAMP,
    color: '#ffffff',
    fontSize: '19px',
    textDecoration: 'none',
    borderRadius: '2px',
  },
  letter: { margin: '0 0 24px', padding: '20px', border: `1px solid ${LINE}` },
  to: { margin: '0 0 4px', fontFamily: SERIF, fontSize: '21px', lineHeight: 1.2 },
  subject: { margin: '0 0 16px', color: QUIET, fontSize: '15px' },
  text: {
    margin: 0,
    fontFamily: SERIF,
    fontSize: '17px',
    lineHeight: 1.5,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
} as const satisfies Record<string, CSSProperties>;

const DARK = `@media (prefers-color-scheme:dark){
.body{background:#131217!important;color:#ebe8f0!important}
.button{background:#c0a5f3!important;color:#1b0d30!important}
.link{color:#c0a5f3!important}
.rule{border-color:#85808f!important}.quiet{color:#aca7b5!important}}`;

/** A whole mail as HTML. */
export function renderMail(mail: VNode): string {
  return `<!doctype html>${renderToString(mail)}`;
}

interface MailLayoutProps {
  readonly language: Language;
  /** The organisation. */
  readonly name: string;
  readonly subject: string;
  /** What a list of mails shows behind the subject. */
  readonly preview: string;
  /** Who sent this and why. */
  readonly foot: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of a mail: no table, no picture, nothing that is loaded. */
export function MailLayout({ language, name, subject, preview, foot, children }: MailLayoutProps) {
  return (
    <html lang={language.tag} dir={language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <style>{DARK}</style>
      </head>
      <body class="body" style={STYLES.body}>
        <div style={STYLES.hidden}>{preview}</div>
        <div style={STYLES.frame}>
          <p class="rule" style={STYLES.name} dir="auto">
            {name}
          </p>
          {children}
          <div class="rule quiet" style={STYLES.foot}>
            {foot}
          </div>
        </div>
      </body>
    </html>
  );
}

/** What the mail is about, set as on the alert's page. */
export function MailHeadline({ children }: { children: ComponentChildren }) {
  return (
    <h1 style={STYLES.headline} dir="auto">
      {children}
    </h1>
  );
}

/** A link within a mail. */
export function MailLink({ address, children }: { address: string; children: ComponentChildren }) {
  return (
    <a class="link" href={address} style={STYLES.link}>
      {children}
    </a>
  );
}

/** The one thing to do. */
export function MailButton({ address, children }: { address: string; children: ComponentChildren }) {
  return (
    <p>
      <a class="button" href={address} style={STYLES.button}>
        {children}
      </a>
    </p>
  );
}

/** A copy of a letter, as it went. */
export function MailLetter({
  to,
  letter,
  subjectLabel,
}: {
  to: string;
  letter: SheetView;
  subjectLabel: string;
}) {
  return (
    <div class="rule" style={STYLES.letter}>
      <p style={STYLES.to} dir="auto">
        {to}
      </p>
      <p class="quiet" style={STYLES.subject} lang={letter.lang} dir="auto">
        {subjectLabel} {letter.subject}
      </p>
      <p style={STYLES.text} lang={letter.lang} dir="auto">
        {letter.body}
      </p>
    </div>
  );
}
