import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { chooseFaces } from './choose-faces.js';
import { type Face, facesOf } from './faces.js';
import { fontFilesIn, ownFontFiles } from './font-files.js';
import { type MissingGlyphs, missingGlyphs } from './missing-scripts.js';
import type { PaperFormat } from './paper-format.js';
import { drawnTexts, type PaperLetter, planLetter } from './paper-letter.js';
import { Typesetter } from './typesetter.js';

const SOURCE = new URL('./letter.typ', import.meta.url);

/** Letters that are printed as one document, each from a new page on. */
export interface PaperDocument {
  readonly letters: readonly PaperLetter[];
  readonly format: PaperFormat;
  /** The document's own title; no name of a person. */
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
}

/** What became of a document: a PDF, or the scripts for which there is no font. */
export type Printed =
  | { readonly kind: 'printed'; readonly pdf: Uint8Array }
  | { readonly kind: 'no_font'; readonly missing: MissingGlyphs };

interface PrinterOptions {
  /** Folders with fonts of the operator. */
  readonly fontFolders: readonly string[];
  readonly log: Logger;
  /** Only tests give one. */
  readonly typesetter?: Typesetter;
}

/** Makes PDF files of letters. Nothing is written to a file, and nothing leaves the machine. */
export class Printer {
  readonly #typesetter: Typesetter;
  readonly #fontFolders: readonly string[];
  readonly #log: Logger;
  #own: Promise<readonly Face[]> | undefined;
  #operators: Promise<readonly Face[]> | undefined;
  #source: Promise<string> | undefined;

  constructor({ fontFolders, log, typesetter = new Typesetter() }: PrinterOptions) {
    this.#typesetter = typesetter;
    this.#fontFolders = fontFolders;
    this.#log = log;
  }

  /** @throws AppError `overloaded` when too many letters wait to be set, `unavailable` when it takes too long. */
  async print({ letters, format, title, language }: PaperDocument): Promise<Printed> {
    const plans = letters.map(planLetter);
    const texts = plans.flatMap((plan) => [...drawnTexts(plan)]);
    const { faces, missing } = await this.#facesFor(texts);
    if (missing.length > 0) return this.#refuse(missing);
    this.#source ??= readFile(SOURCE, 'utf8');
    const families = faces.map(({ family }) => family);
    const pdf = await this.#typesetter.typeset({
      source: await this.#source,
      inputs: {
        letters: JSON.stringify({ letters: plans, format, title, families, ...languageOf(language) }),
      },
      fonts: [...new Set(faces.map(({ path }) => path))],
    });
    return { kind: 'printed', pdf };
  }

  close(): Promise<void> {
    return this.#typesetter.close();
  }

  /** The operator's fonts are looked at only where those that come along do not do. */
  async #facesFor(texts: readonly string[]): Promise<ReturnType<typeof chooseFaces>> {
    this.#own ??= this.#describe(ownFontFiles()).catch((error: unknown) => {
      this.#own = undefined;
      throw error;
    });
    const own = await this.#own;
    const choice = chooseFaces(texts, own);
    if (choice.missing.length === 0 || this.#fontFolders.length === 0) return choice;
    this.#operators ??= this.#describeOperators().catch((error: unknown) => {
      this.#operators = undefined;
      throw error;
    });
    return chooseFaces(texts, [...own, ...(await this.#operators)]);
  }

  async #describeOperators(): Promise<readonly Face[]> {
    return this.#describe(await fontFilesIn(this.#fontFolders));
  }

  async #describe(paths: readonly string[]): Promise<readonly Face[]> {
    const files = await this.#typesetter.describe(paths);
    for (const { path } of files.filter(({ faces }) => faces.length === 0)) {
      this.#log.warn({ path }, 'a font file cannot be read');
    }
    return facesOf(files);
  }

  #refuse(clusters: readonly string[]): Printed {
    const missing = missingGlyphs(clusters);
    const { scripts } = missing;
    this.#log.warn({ scripts }, 'a letter was not printed: no font has its script; see REDRESS_FONTS');
    return { kind: 'no_font', missing };
  }
}

function languageOf(tag: string): { language: string } {
  const { language } = new Intl.Locale(tag);
  return { language };
}
