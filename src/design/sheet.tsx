import type { Language } from '../language/index.js';

/** A letter as it was frozen. */
export interface SheetView {
  readonly subject: string;
  /** The whole body with salutation, name and line to verify: LF, plain text. */
  readonly body: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** BCP 47. */
  readonly lang?: string | undefined;
}

/** A letter on its sheet, character by character as it goes to the office. */
export function Sheet({ language, letter }: { language: Language; letter: SheetView }) {
  return (
    <div class="sheet">
      <p class="sheet-subject" lang={letter.lang} dir="auto">
        <span class="label">{language.t('design.sheet.subject')}</span> {letter.subject}
      </p>
      <p class="sheet-body" lang={letter.lang} dir="auto">
        {letter.body}
      </p>
      <p class="fingerprint">
        <span class="label">{language.t('design.sheet.sha256')}</span> <code>{letter.sha256}</code>
      </p>
    </div>
  );
}
