import { PAPER_FORMATS, type PaperFormat } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';
import { OpenLink, Report, Step, type WayProps } from './hand-over-parts.js';

/** A PDF to print, and where it is posted to. */
export function PaperWay({ language, handOver, step, first }: WayProps<'on_paper'>) {
  const { recipient, format } = step;
  return (
    <ol class="hand-over-steps">
      <Step words={language.t('actions.hand.paper.print')}>
        <PdfLinks language={language} pdf={handOver.pdf} format={format} quiet={!first} />
        <p class="hint">{language.t('actions.hand.paper.window')}</p>
        <p class="hint">{language.t('actions.hand.paper.street')}</p>
      </Step>
      <Step words={language.t('actions.hand.paper.post')}>
        <address>
          {recipient.map((line) => (
            <span key={line} dir="auto">
              {line}
            </span>
          ))}
        </address>
      </Step>
      <Report
        language={language}
        handOver={handOver}
        way="on_paper"
        words={language.t('actions.hand.paper.done')}
      />
    </ol>
  );
}

interface PdfLinksProps {
  readonly language: Language;
  /** The address without the format. */
  readonly pdf: string;
  /** The usual one, which comes first. */
  readonly format: PaperFormat;
  readonly quiet: boolean;
}

/** One link for each format of paper, the usual one first. */
export function PdfLinks({ language, pdf, format, quiet }: PdfLinksProps) {
  const formats = [format, ...PAPER_FORMATS.filter((other) => other !== format)];
  return (
    <p class="pdf-links">
      {formats.map((one, index) => (
        <OpenLink key={one} href={`${pdf}?format=${one}`} quiet={quiet || index > 0} tab>
          {language.t(`actions.hand.paper.open.${one}`)}
        </OpenLink>
      ))}
    </p>
  );
}
